// Words of the overview.

export const WORDS = {
  en: {
    lead: 'How the shop does at this moment, and what the lists brought.', now: 'At this moment', connecting: 'Connecting…', live: (at) => `Live, every second; rates are of what was shown since ${at}.`, noConnection: 'No connection; trying again.',
    millis: (n) => `${n} ms`, within: (p99) => `half of them; 99% within ${p99} ms`, inMinute: (n) => `${n} in the last minute`, noLists: 'no list in the last minute', refused: (n) => `${n} calls refused in the last minute`,
    interval: (low, high) => `${low} to ${high}`, nothingShown: 'nothing was shown',
    span: 'What the lists brought in the last', days: (n) => (n === 1 ? '24 hours' : `${n} days`), brought: 'By scenario', scenario: 'Scenario', together: 'All together', unnamed: '(no scenario named)', impressions: 'Impressions', attributed: 'Revenue after a click',
    definitions: 'What the figures mean:', whatIs: (name) => `What is “${name}”?`, leftOut: 'Left out', zone: (days) => `Hours and days are in UTC; hours are kept for ${days} days. Rates are of what was first seen in the time chosen, so the last 24 hours still grow.`,
    funnelLead: 'Of the whole shop, with and without lists. Different shoppers, within about 2%.', view: 'Looked', favorite: 'Saved', cart: 'Put in the cart', purchase: 'Bought', shoppers: (n) => `${n} shoppers`, times: (n) => `${n} times`,
    excluded: (bot, internal) => `Left out: ${bot} events of bots, ${internal} of internal traffic.`,
    revenue: 'Revenue', noRevenue: 'No revenue in this time', noRevenueLead: 'Purchases count with the price that their event carries.', unpriced: (n) => `${n} lines of purchases had no price.`,
    course: 'Over time', courseOf: (name) => `${name} over time`, figure: 'Figure', time: 'Time', low: 'Low (95%)', high: 'High (95%)',
    nothingYet: 'Nothing happened in this time', nothingYetLead: 'Figures come with the first impressions and clicks that carry a recommendationId.', behind: (n) => `${n} events are not in these figures yet.`,
  },
  zh: {
    lead: '店铺此刻的状况，以及推荐列表带来了什么。', now: '此刻', connecting: '正在连接…', live: (at) => `实时，每秒更新；比率以 ${at} 起展示的商品为准。`, noConnection: '连接中断，正在重试。',
    millis: (n) => `${n} 毫秒`, within: (p99) => `中位数；99% 在 ${p99} 毫秒内`, inMinute: (n) => `最近一分钟 ${n} 个`, noLists: '最近一分钟没有列表', refused: (n) => `最近一分钟拒绝 ${n} 次`,
    interval: (low, high) => `${low} 至 ${high}`, nothingShown: '没有展示',
    span: '推荐列表带来了什么，最近', days: (n) => (n === 1 ? '24 小时' : `${n} 天`), brought: '各场景', scenario: '场景', together: '合计', unnamed: '（未注明场景）', impressions: '曝光', attributed: '点击后成交额',
    definitions: '指标的含义：', whatIs: (name) => `什么是“${name}”？`, leftOut: '不计入的部分', zone: (days) => `小时与日期均为 UTC；按小时保留 ${days} 天。比率以所选时段内首次看到的商品为准，所以最近 24 小时还会增长。`,
    funnelLead: '针对整个店铺，不论是否来自列表。去重顾客数，误差约 2%。', view: '浏览', favorite: '收藏', cart: '加购', purchase: '购买', shoppers: (n) => `${n} 位顾客`, times: (n) => `${n} 次`,
    excluded: (bot, internal) => `未计入：爬虫事件 ${bot} 个，内部流量 ${internal} 个。`,
    revenue: '成交额', noRevenue: '这段时间没有成交', noRevenueLead: '购买按事件中携带的价格计算。', unpriced: (n) => `${n} 个购买行没有价格。`,
    course: '随时间的变化', courseOf: (name) => `${name}随时间的变化`, figure: '指标', time: '时间', low: '下限 (95%)', high: '上限 (95%)',
    nothingYet: '这段时间什么也没有发生', nothingYetLead: '带有 recommendationId 的曝光与点击到来后，这里就会有数字。', behind: (n) => `还有 ${n} 个事件未计入。`,
  },
};
