// Words of the frame around every page.

export const WORDS = {
  en: {
    skip: 'Skip to the page', console: 'Console', theme: 'Light or dark', switchTo: '中文', leave: 'Sign out', storefront: 'Storefront', nav: 'Pages',
    overview: 'Overview', users: 'Users', items: 'Items', scenarios: 'Scenarios and rules', models: 'Models', system: 'System',
    signIn: 'Sign in', signInLead: 'This server has keys. The console needs one with the role admin; it stays in this tab and is forgotten when the tab is closed.',
    key: 'Admin key', useKey: 'Sign in', badKey: 'The server does not know this key.', weakKey: 'This key may do less than an admin’s: the console needs the role admin.',
    makeKey: 'Make one with: zhiyin keys create --role admin --shop default',
    loading: 'Loading', failed: 'This did not work', again: 'Try again', nothing: 'Nothing here', offline: 'The server does not answer. Is it running?',
    noPage: 'There is no such page', noPageLead: 'The address may be of an older console.', home: 'To the start',
    filter: 'Filter', csv: 'CSV', csvOf: (what) => `Save “${what}” as CSV`, rows: (n, all) => (n === all ? `${all} rows` : `${n} of ${all} rows`), more: 'Show more', noRows: 'No row matches.',
    asTable: 'Figures as a table', close: 'Close', save: 'Save', cancel: 'Cancel', search: 'Search', all: 'All', yes: 'yes', no: 'no',
    hm: (h, m) => `${h} h ${m} min`, ms: (m, s) => `${m} min ${s} s`, s: (s) => `${s} s`,
    'home-feed': 'Home feed', 'similar-items': 'Similar items', 'bought-together': 'Bought together', cart: 'Cart', trending: 'Trending', 'new-arrivals': 'New arrivals', 'recently-viewed': 'Recently viewed', 'search-rerank': 'Search, re-ranked',
  },
  zh: {
    skip: '跳到正文', console: '控制台', theme: '明暗主题', switchTo: 'EN', leave: '退出', storefront: '店面', nav: '页面',
    overview: '总览', users: '用户', items: '商品', scenarios: '场景与规则', models: '模型', system: '系统',
    signIn: '登录', signInLead: '本服务器设有密钥。控制台需要 admin 角色的密钥；它只保存在当前标签页，关闭即忘。',
    key: '管理员密钥', useKey: '登录', badKey: '服务器不认识这个密钥。', weakKey: '这个密钥权限不足：控制台需要 admin 角色。',
    makeKey: '创建密钥：zhiyin keys create --role admin --shop default',
    loading: '加载中', failed: '没有成功', again: '再试一次', nothing: '这里还没有内容', offline: '服务器没有应答。它在运行吗？',
    noPage: '没有这个页面', noPageLead: '这个地址可能来自旧版控制台。', home: '回到首页',
    filter: '筛选', csv: 'CSV', csvOf: (what) => `把“${what}”存为 CSV`, rows: (n, all) => (n === all ? `共 ${all} 行` : `${n} / ${all} 行`), more: '显示更多', noRows: '没有符合的行。',
    asTable: '以表格查看数据', close: '关闭', save: '保存', cancel: '取消', search: '搜索', all: '全部', yes: '是', no: '否',
    hm: (h, m) => `${h} 小时 ${m} 分`, ms: (m, s) => `${m} 分 ${s} 秒`, s: (s) => `${s} 秒`,
    'home-feed': '首页推荐', 'similar-items': '相似商品', 'bought-together': '一起买', cart: '购物车', trending: '正在流行', 'new-arrivals': '新品上架', 'recently-viewed': '最近看过', 'search-rerank': '搜索重排',
  },
};
