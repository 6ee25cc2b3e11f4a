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
const LOSSES = ['遗失', '灭失', '损毁', '破损', '污损']
const ISSUED_ANEW = ['补发', '换发']
const REASONS = ['补发原因', '换发原因', '换证原因']
const BUILDING = ['房屋结构', '建筑结构', '结构']

/** How it is owned, built and measured, where the entry is filed, why it was issued or issued anew. */
export const HARMLESS_REMARKS: readonly RemarkForm[] = [
  {
    labels: ['', '共有情况', '共有方式'],
    values: [
      '单独所有',
      '共同共有',
      '按份共有',
      ...SHARES.flatMap((share) => [`各占${share}`, `各占${share}份额`]),
    ],
  },
  { labels: ['', ...BUILDING], values: STRUCTURES.map((structure) => `${structure}结构`) },
  { labels: BUILDING, values: STRUCTURES },
  {
    labels: [...[...AREAS, ...LANDS].map((area) => `${area}面积`), '套内', '分摊'],
    values: ['{number}平方米', '{number}m2', '{number}平米'],
  },
  {
    labels: ['房屋总层数', '总层数', '所在层', '所在层数', '地上层数', '地下层数'],
    values: ['{number}', '{number}层', '第{number}层'],
  },
  { labels: ['竣工时间', '竣工日期', '建成年份', '建成年代', '建成时间'], values: ['{day}'] },
  {
    labels: ['业务件号', '业务编号', '业务号', '受理编号', '受理号', '收件编号', '登记编号', '档案号'],
    values: ['{code}'],
  },
  {
    labels: ['', ...REASONS],
    values: [
      ...LOSSES.flatMap((loss) => ISSUED_ANEW.flatMap((anew) => [loss + anew, `因${loss}${anew}`])),
      ...ISSUED_ANEW.flatMap((anew) => ['', '此证', '本证', '新证'].map((what) => anew + what)),
      '换证',
    ],
  },
  { labels: [...REASONS, '原证', '原证书'], values: LOSSES },
  {
    labels: ['', '登记原因', '取得方式', '登记类型'],
    values: [
      '购买',
      '买卖',
      '商品房买卖',
      '存量房买卖',
      '继承',
      '赠与',
      '互换',
      '首次登记',
      '转移登记',
      '变更登记',
    ],
  },
  { labels: ['', '房屋性质', '房屋类型'], values: ['商品房', '市场化商品房', '存量房'] },
  {
    labels: ['规划用途', '房屋用途', '用途'],
    values: ['住宅', '成套住宅', '商业', '商业服务', '办公', '车位', '车库'],
  },
  {
    labels: ['', '业主共有', '业主共有建筑区划内', '业主共有建筑区划内的', '业主共有的建筑区划内的'],
    values: [
      '道路',
      '绿地',
      '公共场所',
      '其他公共场所',
      '公用设施',
      '物业服务用房',
      '公用设施和物业服务用房',
    ],
  },
  {
    labels: ['', '附记', '其他'],
    values: [
      '无',
      '/',
      '-',
      '空白',
      '以下空白',
      '此处空白',
      '附图',
      '见附图',
      '详见附图',
      '详见附图页',
      '详见宗地图',
    ],
  },
]
