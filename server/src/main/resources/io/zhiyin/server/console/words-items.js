// Words of the pages of items.

export const WORDS = {
  en: {
    lead: 'Everything in the catalogue, shown or not, and what may be wrong with it.', searchLabel: 'Id begins with, or title has', found: (n, q) => `${n} found for “${q}”`, popular: (n) => `The most popular of ${n}`, noneFound: (q) => `No item is called “${q}”.`, noItems: 'The catalogue is empty. Items come with POST /v1/items or zhiyin import.',
    item: 'Item', price: 'Price', stock: 'Stock', state: 'State', shown: 'may be shown', hidden: 'not shown', popularity: 'Popularity', impressions: 'Impressions', clicks: 'Clicks', rate: 'Click rate', published: 'Published', notKept: 'not kept',
    quality: 'Data quality', qualityLead: (n) => `Of ${n} items. What is thin here is thin in the lists: content and price are what new items are found by.`, andMore: (n) => `and ${n} more`,
    'fault.no-title': 'without a title', 'fault.no-description': 'without a description', 'fault.no-category': 'without a category', 'fault.no-brand': 'without a brand', 'fault.no-price': 'without a price', 'fault.no-picture': 'without a picture', 'fault.price-outlier': 'with a price far from its category’s', 'fault.never-shown': 'may be shown, and never were',
    preview: 'Preview', document: 'The document', statistics: 'How it does', noFigures: 'No figures of it.', figuresLead: 'Impressions and clicks of the last 100,000 events before the start, and since. Popularity fades with time.',
    similarLead: 'On its page, for somebody new: by content, item to item and the sequence model.', togetherLead: 'What is bought with it.', noNeighbours: 'Nothing leads from it to another item yet.',
  },
  zh: {
    lead: '目录中的一切，无论是否展示，以及可能的数据问题。', searchLabel: '编号开头或标题包含', found: (n, q) => `“${q}”找到 ${n} 件`, popular: (n) => `${n} 件中最热门的`, noneFound: (q) => `没有叫“${q}”的商品。`, noItems: '目录是空的。用 POST /v1/items 或 zhiyin import 添加商品。',
    item: '商品', price: '价格', stock: '库存', state: '状态', shown: '可展示', hidden: '不展示', popularity: '热度', impressions: '曝光', clicks: '点击', rate: '点击率', published: '上架时间', notKept: '未记库存',
    quality: '数据质量', qualityLead: (n) => `共 ${n} 件。这里缺的，列表里就弱：新品靠内容与价格被找到。`, andMore: (n) => `还有 ${n} 件`,
    'fault.no-title': '没有标题', 'fault.no-description': '没有描述', 'fault.no-category': '没有品类', 'fault.no-brand': '没有品牌', 'fault.no-price': '没有价格', 'fault.no-picture': '没有图片', 'fault.price-outlier': '价格远离同品类', 'fault.never-shown': '可展示却从未展示',
    preview: '预览', document: '商品文档', statistics: '表现', noFigures: '没有它的数据。', figuresLead: '曝光与点击取自启动前最后 10 万个事件及此后的。热度随时间衰减。',
    similarLead: '在它的页面上给陌生人看的：按内容、物品关联与序列模型。', togetherLead: '常与它一起买的。', noNeighbours: '还没有线索从它通向别的商品。',
  },
};
