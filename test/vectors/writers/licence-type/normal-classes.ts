/** Normal forms of single characters, class by class. */
import { each, type Normal } from './normal.ts'

const IN_HAN = ['甲', '乙'] as const

const WHITE_SPACE =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

/** Every member of every class, some that NFKC makes members, and neighbours that are none. */
export const CLASSES: readonly Normal[] = [
  ...each('white space between words in Latin letters', WHITE_SPACE, ['a', 'b'], ' '),
  ...each('white space between ideographs', ' \t\n\u3000\ufeff', IN_HAN, ''),
  ...each('no white space', '\u001c\u0085\u180e\u200b\u2060', ['a', 'b']),
  ...each('a dot', '\u00b7\u2022\u2027\u2219\u22c5\u25cf\u30fb.', IN_HAN, '·'),
  ...each('a dot of other fonts', '\u2e31\ua78f', IN_HAN, '·'),
  ...each('a dot by NFKC', '\u0387\u2024\u318d\uff0e\uff65', IN_HAN, '·'),
  ...each('no dot', '\u3002\u2218\u25aa\u25e6\u16eb\u2e33', IN_HAN),
  ...each('an opening bracket', '([{\u3014\u3010\u3016\u3018\u300c\u300e\u300a\u3008', IN_HAN, '('),
  ...each('an opening bracket by NFKC', '\u207d\u2329\ufe35\ufe5d\uff08\uff3b\uff5b\uff62', IN_HAN, '('),
  ...each('a closing bracket', ')]}\u3015\u3011\u3017\u3019\u300d\u300f\u300b\u3009', IN_HAN, ')'),
  ...each('a closing bracket by NFKC', '\u207e\u232a\ufe36\ufe5e\uff09\uff3d\uff5d\uff63', IN_HAN, ')'),
  ...each(
    'no bracket of the classes',
    '<>\u00ab\u00bb\u2039\u203a\u27e8\u27e9\u2985\u2986\u301a\u301b\u301d\u301f',
    IN_HAN,
  ),
  ...each('a dash', '-\u2010\u2011\u2012\u2013\u2014\u2015\u2212', IN_HAN, '-'),
  ...each('a dash by NFKC', '\u207b\u208b\ufe31\ufe58\ufe63\uff0d', IN_HAN, '-'),
  ...each('no dash', '~_\u00ad\u2043\u2500\u2e3a\u301c\u30fc', IN_HAN),
  ...each('a comma', ',\u3001\ufe50\uff0c\uff64', IN_HAN, ','),
  ...each('no comma', ';\u060c\u3003', IN_HAN),
  ...each(
    'a quotation mark',
    '"\'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\uff02\uff07',
    IN_HAN,
    '"',
  ),
  ...each('no quotation mark of the class', '\u00a8\u2032\u301e', IN_HAN),
  ...each('a zero after a numeral', '〇零○', ['一', '年'], '〇'),
  ...each('a zero before a numeral', '〇零○', ['年', '一'], '〇'),
  ...each('a zero beside none', '〇零○', ['年', '年']),
  ...each('no zero, beside a numeral', '0Oo\u25ef\u3002\u039f', ['一', '年']),
  ...[...'0123456789一二三四五六七八九十百千万'].map(
    (numeral): Normal => ['零 before a numeral', 'text', `零${numeral}`, `〇${numeral}`],
  ),
  ...[...'亿两廿卅半壹貳萬兆元A'].map(
    (other): Normal => ['零 before what is no numeral', 'text', `零${other}`, `零${other}`],
  ),
]
