/** What offices of registration usually write into the remarks of a title and means nothing against it. */
import type { RemarkForm } from '../licence-type.ts'

const SHARES = ['{number}%', '{number}/{number}', '二分之一', '三分之一', '四分之一']
const AREAS = [
  '建筑',
  '套内',
  '套内建筑',
  '专有建筑',
  '分摊',
  '公摊',
  '分摊建筑',
  '房屋建筑',
  '宗地',
  '共有宗地',
]
const LANDS = ['土地使用权', '分摊土地', '独用土地', '土地']
const STRUCTURES = [
  '钢',
  '钢筋混凝土',
  '钢混',
  '钢和钢筋混凝土',
  '混合',
  '砖混',
  '砖木',
  '框架',
  '框剪',
  '剪力墙',
  '其他',
]

/** How it is owned, built and measured, where the entry is filed, why it was issued or issued anew. */
export const HARMLESS_REMARKS: readonly RemarkForm[] = [
  {
    labels: ['', '共有情况', '共有方式'],
    values: ['单独所有', '共同共有', '按份共有', ...SHARES.map((share) => `各占${share}(?:份额)?`)],
  },
  { labels: ['', '房屋结构', '建筑结构', '结构'], values: STRUCTURES.map((structure) => `${structure}结构`) },
  { labels: ['房屋结构', '建筑结构', '结构'], values: STRUCTURES },
  {
    labels: [...AREAS, ...LANDS].map((area) => `${area}面积`).concat('套内', '分摊'),
    values: ['{number}(?:平方米|m2|平米)'],
  },
  {
    labels: ['房屋总层数', '总层数', '所在层', '所在层数', '地上层数', '地下层数'],
    values: ['第?{number}层?'],
  },
  { labels: ['竣工时间', '竣工日期', '建成年份', '建成年代', '建成时间'], values: ['{day}'] },
  {
    labels: ['业务件号', '业务编号', '业务号', '受理编号', '受理号', '收件编号', '登记编号', '档案号'],
    values: ['{code}'],
  },
  {
    labels: ['', '补发原因', '换发原因', '换证原因'],
    values: [
      '因?(?:遗失|灭失|损毁)补发',
      '因?(?:破损|污损|损毁)换发',
      '换证',
      '(?:补发|换发)(?:此证|本证|新证)?',
    ],
  },
  { labels: ['补发原因', '换发原因', '换证原因'], values: ['遗失', '灭失', '损毁', '破损', '污损'] },
  { labels: ['原证', '原证书'], values: ['遗失', '灭失', '损毁', '破损', '污损'] },
  {
    labels: ['', '登记原因', '取得方式', '登记类型'],
    values: ['购买', '(?:商品房|存量房)?买卖', '继承', '赠与', '互换', '(?:首次|转移|变更)登记'],
  },
  { labels: ['', '房屋性质', '房屋类型'], values: ['(?:市场化)?商品房', '存量房'] },
  {
    labels: ['规划用途', '房屋用途', '用途'],
    values: ['(?:成套)?住宅', '商业(?:服务)?', '办公', '车位', '车库'],
  },
  {
    labels: ['', '业主共有', '业主共有的?建筑区划内的?'],
    values: ['道路', '绿地', '(?:其他)?公共场所', '公用设施', '(?:公用设施和)?物业服务用房'],
  },
  {
    labels: ['', '附记', '其他'],
    values: ['无', '/', '-', '(?:以下|此处)?空白', '详?见?附图页?', '详?见宗地图'],
  },
]
