// Words of the page of data.

export const WORDS = {
  en: {
    lead: 'What comes in, how to bring files in, what the doors take, and one user’s past step by step.', parts: 'Parts of this page',
    'part.stream': 'Events', 'part.imports': 'Imports', 'part.schema': 'Schema', 'part.replay': 'Replay',
    streamLead: 'The shop’s journal, the newest first; new events appear as they are stored.', kind: 'Kind', anyKind: 'all kinds', shopper: 'Shopper', item: 'Item', shopperHint: 'user or visitor id', itemIdHint: 'item id', live: 'Follow', waits: 'waiting', perSecond: (n) => `${n} events/s`, lost: 'no connection',
    older: 'Older events', lookedBack: (n) => `None among ${n} older events; go on to look further back.`, noEvents: 'No event', noEventsLead: 'Nothing that fits these filters happened lately.', when: 'When', what: 'What', andMore: (n) => `and ${n} more`, visitor: (id) => `visitor ${id}…`, whole: 'All fields', wholeOf: (n) => `Event ${n} with all fields`,
    'event.item-put': 'item written', 'event.item-patch': 'item changed', 'event.item-delete': 'item deleted', 'event.user-erase': 'a user erased',
    eventKinds: 'Kinds of event', schemaLead: 'Found out at this moment by offering each field to the server’s own reader and leaving it away again.', eventItem: 'Each of an event’s items', eventItemLead: 'What stands in the array “items”.', itemFields: 'Items of the catalogue', itemFieldsLead: 'The document of PUT /v1/items/{itemId}.',
    needs: (what) => (what ? `needs ${what}` : 'needs nothing more'), or: ' or ', alsoCalled: (words) => `Also taken as: ${words}`, field: 'Field', type: 'Type', required: 'Required', example: 'Example', 'type.string': 'text', 'type.number': 'number', 'type.boolean': 'true or false', 'type.array': 'list', 'type.object': 'names and texts',
    user: 'User', scenario: 'Scenario', replay: 'Replay', replayLead: 'Steps through a user’s last 50 events: the profile and the list as they were after each.', steps: 'Steps', step: 'Step', earlierStep: 'Earlier', laterStep: 'Later', stepOf: (n, all) => `event ${n} of ${all}`, lastOnly: (n, all) => `The last ${n} of ${all} events; those before are in the profile.`,
    happened: 'What happened', profileThen: 'The profile then', listThen: 'The list then', cameIn: 'new on the list', cameFrom: (n) => `was at ${n}`, noList: 'The list was empty.', notReplayed: 'Only the shopper and the clock go back. Catalogue, counts, model and rules are today’s, and what was shown (fatigue) is left out, so the shopper may have seen other items.',
  },
  zh: {
    lead: '正在进来的事件、文件导入、接口接受什么，以及逐步回放一位用户的过去。', parts: '本页各部分',
    'part.stream': '事件', 'part.imports': '导入', 'part.schema': '数据格式', 'part.replay': '回放',
    streamLead: '本店的事件日志，最新在前；新事件一存盘就出现。', kind: '类型', anyKind: '全部类型', shopper: '顾客', item: '商品', shopperHint: '用户或访客编号', itemIdHint: '商品编号', live: '实时跟随', waits: '等待中', perSecond: (n) => `每秒 ${n} 个事件`, lost: '连接断开',
    older: '更早的事件', lookedBack: (n) => `往前 ${n} 个事件中没有；可继续往前找。`, noEvents: '没有事件', noEventsLead: '最近没有符合这些条件的事件。', when: '时间', what: '行为', andMore: (n) => `等 ${n + 1} 件`, visitor: (id) => `访客 ${id}…`, whole: '全部字段', wholeOf: (n) => `事件 ${n} 的全部字段`,
    'event.item-put': '写入商品', 'event.item-patch': '修改商品', 'event.item-delete': '删除商品', 'event.user-erase': '删除一个用户',
    eventKinds: '事件类型', schemaLead: '此刻逐一把字段交给服务器自己的读取程序、再拿走，由此得出，而非抄写的清单。', eventItem: '事件中的每件商品', eventItemLead: '数组“items”中的内容。', itemFields: '商品目录', itemFieldsLead: 'PUT /v1/items/{itemId} 的文档。',
    needs: (what) => (what ? `需要 ${what}` : '不需要其他字段'), or: ' 或 ', alsoCalled: (words) => `也可写作：${words}`, field: '字段', type: '类型', required: '必填', example: '示例', 'type.string': '文字', 'type.number': '数字', 'type.boolean': '真或假', 'type.array': '列表', 'type.object': '名称与文字',
    user: '用户', scenario: '场景', replay: '回放', replayLead: '逐步走过一位用户最近的 50 个事件：每一步之后的画像与推荐列表。', steps: '步骤', step: '步骤', earlierStep: '上一步', laterStep: '下一步', stepOf: (n, all) => `第 ${n} 个事件，共 ${all} 个`, lastOnly: (n, all) => `最近 ${n} 个事件，共 ${all} 个；更早的已计入画像。`,
    happened: '发生了什么', profileThen: '当时的画像', listThen: '当时的列表', cameIn: '新进列表', cameFrom: (n) => `原在第 ${n} 位`, noList: '列表为空。', notReplayed: '回到过去的只有顾客与时钟。商品、统计、模型与规则都是今天的，也不计当时已展示过什么（疲劳度），因此顾客当时看到的可能不同。',
  },
};
