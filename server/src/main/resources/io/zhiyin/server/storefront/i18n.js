// Words in English and Chinese; the choice is remembered, and ?lang=zh sets it.

const WORDS = {
  en: {
    skip: 'Skip to the products', tagline: 'A shop that listens', all: 'All', cart: 'Cart', theme: 'Light or dark', switchTo: '中文',
    guest: 'Guest', hello: (n) => `Hello, ${n}`, helloGuest: 'Have a look around',
    lead: 'Open a product, save it, or put it in the cart: the lists follow at once, from the very next request.',
    'home-feed': 'For you', 'similar-items': 'Similar', 'bought-together': 'Bought together', cartRow: 'Goes with your cart',
    trending: 'Trending', 'new-arrivals': 'New', 'recently-viewed': 'You looked at', products: 'All products',
    items: (n) => `${n.toLocaleString('en')} products`, more: 'Show more', sortPopular: 'Popular', sortNew: 'Newest', sortCheap: 'Price ↑', sortDear: 'Price ↓',
    add: 'Add to cart', added: 'Add one more', addOf: (t) => `Add ${t} to the cart`, buyNow: 'Buy now', save: 'Save', saved: 'Saved', saveOf: (t) => `Save ${t}`,
    left: (n) => (n <= 5 ? `Only ${n} left` : 'In stock'), out: 'Sold out', inStock: 'In stock', why: 'Why this?', whyTitle: 'Why this?', whyNone: 'It fills the list: nothing you did points to it yet.',
    close: 'Close', remove: (t) => `Remove ${t}`, empty: 'Your cart is empty.', total: 'Together', checkout: 'To checkout', thanks: 'Thank you! Bought.',
    people: 'Who is shopping?', peopleLead: 'Step into the shoes of a shopper the shop knows, or stay a stranger.', stranger: 'A new stranger', strangerLead: 'Nothing is known yet',
    history: (n) => `${n} events`, likes: 'likes', signed: (n) => `Signed in as ${n}`, noItems: 'Nothing here yet.', emptyShop: 'This shop has no products yet. They come with ./zhiyin import, with POST /v1/items, or from a file in the console.', fillShop: 'Import a file', failed: 'The shop did not answer.', again: 'Try again',
    noItem: 'This product is gone.', back: 'Back to the shop', keyNeeded: 'This shop needs a key (role browser).', keySave: 'Use key', fresh: 'New for you',
    foot: 'Recommended by Zhiyin 知音, on this machine. No request leaves it.', api: 'API document', degraded: 'simplified for now', quantity: (n) => `× ${n}`,
    noticed: 'Zhiyin noticed', stored: (ms) => `stored in ${ms} ms`, remade: (ms) => `lists remade in ${ms} ms`, notSent: 'not stored', kept: 'kept here until the shop answers',
    did: {
      'detail-page-view': (t) => `you opened “${t}”`, 'add-to-cart': (t) => `“${t}” in your cart`, 'remove-from-cart': (t) => `“${t}” out of your cart`,
      'add-to-favorites': (t) => `you saved “${t}”`, 'purchase-complete': (t) => `you bought ${t}`, 'category-page-view': (t) => `you browse ${t}`,
      'remove-from-favorites': (t) => `you dropped “${t}”`, 'not-interested': (t) => `you do not want “${t}”`, search: (t) => `you looked for “${t}”`,
      login: (t) => `you are ${t} now`, click: (t) => `you opened “${t}”`,
    },
    search: 'Search', searchHint: 'Search the shop', suggestions: 'Suggestions', 'kind-category': 'category', 'kind-brand': 'brand', 'kind-item': 'product',
    foundFor: (q) => `“${q}”`, matches: (q) => `Matches “${q}”`, results: 'Results', narrow: 'Narrow down', categories: 'Categories', brands: 'Brands', from: 'from', to: 'to', price: 'Price', apply: 'Apply',
    showing: 'Showing results for', notInShop: (q) => `the shop has nothing called “${q}”`, nothingFound: (q) => `Nothing here is called “${q}”.`,
    nothingNarrowed: (q) => `Nothing called “${q}” fits what you chose.`, widen: 'Drop the choices', favourites: 'Favourites', noFavourites: 'Nothing saved yet: the heart on a product keeps it here.',
    moreForYou: 'More for you', checkoutTitle: 'Your order', buyCart: 'Buy now', noMoney: 'A demo: no money moves, but the purchase is a real event and the lists follow.',
    thanksLead: 'The shop knows now; what you bought is not recommended again.', goOn: 'Back to the shop', fewer: 'One less of', oneMore: 'One more of',
    never: 'Not interested', neverOf: (t) => `Not interested in ${t}`, wantAgain: 'Interested after all: save it', continue: 'Continue browsing',
    because: (x) => (x ? `Because you viewed ${x}` : 'Because of what you viewed'), sortForYou: 'For you',
    interested: (c) => `you seem to like ${c}`, interestChanged: (c, d, a, b) => `interest in ${c} ${d > 0 ? '+' : '−'}${Math.abs(d).toFixed(1)}${a === b ? '' : ` (${a} % → ${b} %)`}`,
    things: (n) => `${n} products`,
  },
  zh: {
    skip: '跳到商品', tagline: '懂你的小店', all: '全部', cart: '购物车', theme: '明暗主题', switchTo: 'EN',
    guest: '访客', hello: (n) => `${n}，你好`, helloGuest: '随便逛逛',
    lead: '打开、收藏或加购任意商品，下一次请求起，所有列表立刻随之变化。',
    'home-feed': '为你推荐', 'similar-items': '相似商品', 'bought-together': '一起买', cartRow: '与购物车很搭',
    trending: '正在流行', 'new-arrivals': '新品上架', 'recently-viewed': '最近看过', products: '全部商品',
    items: (n) => `共 ${n.toLocaleString('zh')} 件`, more: '查看更多', sortPopular: '热门', sortNew: '最新', sortCheap: '价格从低到高', sortDear: '价格从高到低',
    add: '加入购物车', added: '再加一件', addOf: (t) => `把${t}加入购物车`, buyNow: '立即购买', save: '收藏', saved: '已收藏', saveOf: (t) => `收藏${t}`,
    left: (n) => (n <= 5 ? `仅剩 ${n} 件` : '有货'), out: '已售罄', inStock: '有货', why: '为什么推荐？', whyTitle: '为什么推荐它？', whyNone: '目前没有线索指向它，用来补足列表。',
    close: '关闭', remove: (t) => `移除${t}`, empty: '购物车还是空的。', total: '合计', checkout: '去结算', thanks: '谢谢惠顾，已购买！',
    people: '谁在逛店？', peopleLead: '换上一位老顾客的身份，或者做一个陌生人。', stranger: '新的陌生人', strangerLead: '对他一无所知',
    history: (n) => `${n} 次行为`, likes: '偏爱', signed: (n) => `已登录：${n}`, noItems: '这里还没有商品。', emptyShop: '本店还没有商品：可用 ./zhiyin import、POST /v1/items，或在控制台导入文件。', fillShop: '导入文件', failed: '小店没有回应。', again: '再试一次',
    noItem: '这件商品已下架。', back: '返回首页', keyNeeded: '本店需要密钥（browser 角色）。', keySave: '使用密钥', fresh: '新推荐',
    foot: '由知音 Zhiyin 在本机推荐，任何请求都不离开这台机器。', api: '接口文档', degraded: '暂为简化结果', quantity: (n) => `× ${n}`,
    noticed: '知音注意到', stored: (ms) => `${ms} 毫秒落盘`, remade: (ms) => `${ms} 毫秒重排`, notSent: '未能保存', kept: '暂存在本机，恢复连接后发送',
    did: {
      'detail-page-view': (t) => `你打开了「${t}」`, 'add-to-cart': (t) => `「${t}」进了购物车`, 'remove-from-cart': (t) => `「${t}」出了购物车`,
      'add-to-favorites': (t) => `你收藏了「${t}」`, 'purchase-complete': (t) => `你买了${t}`, 'category-page-view': (t) => `你在逛${t}`,
      'remove-from-favorites': (t) => `你取消收藏了「${t}」`, 'not-interested': (t) => `你不想要「${t}」`, search: (t) => `你在找「${t}」`,
      login: (t) => `现在你是${t}`, click: (t) => `你打开了「${t}」`,
    },
    search: '搜索', searchHint: '搜索本店', suggestions: '搜索建议', 'kind-category': '品类', 'kind-brand': '品牌', 'kind-item': '商品',
    foundFor: (q) => `「${q}」`, matches: (q) => `与「${q}」相符`, results: '搜索结果', narrow: '筛选', categories: '品类', brands: '品牌', from: '最低', to: '最高', price: '价格', apply: '确定',
    showing: '已为你显示', notInShop: (q) => `本店没有叫「${q}」的商品`, nothingFound: (q) => `没有找到「${q}」。`,
    nothingNarrowed: (q) => `没有符合筛选条件的「${q}」。`, widen: '清除筛选', favourites: '收藏夹', noFavourites: '还没有收藏：点商品上的爱心，它就会出现在这里。',
    moreForYou: '更多推荐', checkoutTitle: '你的订单', buyCart: '立即购买', noMoney: '演示商店：不会扣款，但购买是真实事件，列表会随之变化。',
    thanksLead: '小店已经知道了，买过的商品不会再推荐。', goOn: '继续逛', fewer: '减一件', oneMore: '加一件',
    never: '不感兴趣', neverOf: (t) => `对${t}不感兴趣`, wantAgain: '又感兴趣了：收藏它', continue: '继续浏览',
    because: (x) => (x ? `因为你看过「${x}」` : '因为你看过的商品'), sortForYou: '为你排序',
    interested: (c) => `你似乎喜欢${c}`, interestChanged: (c, d, a, b) => `对${c}的兴趣 ${d > 0 ? '+' : '−'}${Math.abs(d).toFixed(1)}${a === b ? '' : `（${a}% → ${b}%）`}`,
    things: (n) => `${n} 件商品`,
  },
};

const asked = new URLSearchParams(location.search).get('lang');
let lang = WORDS[asked] ? asked : localStorage.getItem('zhiyin.lang') || (navigator.language.startsWith('zh') ? 'zh' : 'en');
remember();

function remember() {
  localStorage.setItem('zhiyin.lang', lang);
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
}

export const language = () => lang;

export function toggleLanguage() {
  lang = lang === 'zh' ? 'en' : 'zh';
  const url = new URL(location.href);
  url.searchParams.delete('lang');
  history.replaceState(history.state, '', url);
  remember();
}

/** The word of that name; with arguments where the word takes some. */
export function t(name, ...args) {
  const word = WORDS[lang][name];
  return typeof word === 'function' ? word(...args) : (word ?? name);
}

/** That the shop did not answer, and what it said: that is English, so only an English page shows it. */
export const failure = (error) => (lang === 'zh' ? t('failed') : `${t('failed')} ${error.message}`);

export const did = (type, what) => (WORDS[lang].did[type] ?? ((x) => x))(what);

export const titleOf = (item) => item.attributes?.[`title_${lang}`] ?? item.title ?? item.itemId;
export const aboutOf = (item) => item.attributes?.[`description_${lang}`] ?? item.description ?? '';
export const brandOf = (item) => item.attributes?.[`brand_${lang}`] ?? item.brand ?? '';

const categoryNames = new Map(); // path → the category as the API names it

/** Takes over how categories are called in each language. */
export function learnNames(tree) {
  for (const c of tree) {
    categoryNames.set(c.category, c);
    learnNames(c.children);
  }
}

/** A category's own name in the language of the page. */
export const interestWords = (path) => categoryNames.get(path)?.[`name_${lang}`] ?? path.split(' > ').at(-1);

/** A category's levels in the language of the page. */
export function levelsOf(item) {
  const path = item.categories?.[0];
  const named = item.attributes?.[`category_${lang}`];
  return path ? (named ?? path).split(' > ') : [];
}

export function price(value, currency) {
  const sign = { CNY: '¥', JPY: '¥', USD: '$', EUR: '€', GBP: '£' }[currency] ?? (currency ? `${currency} ` : '');
  const digits = Number.isInteger(value) ? 0 : 2;
  return [sign, value.toLocaleString(lang === 'zh' ? 'zh-CN' : 'en', { minimumFractionDigits: digits, maximumFractionDigits: 2 })];
}
