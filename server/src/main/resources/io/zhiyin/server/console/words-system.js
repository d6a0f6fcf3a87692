// Words of the page of the system.

export const WORDS = {
  en: {
    lead: 'How each part of the server is, what it uses, who holds keys, and who changed what.', health: 'Health', good: 'good', warning: 'look at it', disk: 'Disk', counts: 'Counts behind the lists', model: 'Model', training: 'Last training', measures: 'Figures',
    'almost-full': 'almost full', none: 'no model in use', stale: 'older than a week', failed: 'failed', behind: 'behind', uses: 'What it uses', memory: 'Memory (heap)', of: (all) => `of ${all}`, freeOf: (all, share) => `free of ${all} (${share})`, uptime: 'Running for', processors: 'Processors',
    'working/lists': 'Lists being made', 'waiting/lists': 'Lists waiting', 'working/writes': 'Writes under way', 'waiting/writes': 'Writes waiting', shop: 'Shop', events: 'Events stored', items: 'Items', shoppersKnown: 'Shoppers known',
    keys: 'Keys', keysLead: 'Of this shop. Secrets are kept nowhere; make and revoke keys with “zhiyin keys”.', id: 'Key', role: 'Role', created: 'Made', noKeys: 'There are no keys: only this machine can reach the server.',
    audit: 'Who changed what', auditLead: 'Rules, models and erasures, through the API and this console. An erasure does not say of whom.', when: 'When', who: 'Who', what: 'What', details: 'Details', noChanges: 'Nothing was changed yet.', damaged: (n) => `${n} lines of the log are damaged.`,
    'rules-saved': 'Rules saved', 'rules-rolled-back': 'Rules rolled back', 'training-begun': 'Training begun', 'model-trained': 'Model trained', 'model-activated': 'Model put to use', 'model-rolled-back': 'Model rolled back', 'user-erased': 'A user erased', 'import-begun': 'Import begun', 'import-ended': 'Import ended', 'backup-begun': 'Backup begun', 'backup-ended': 'Backup ended', 'backup-deleted': 'Backup deleted', 'backup-taken': 'Backup downloaded', 'training-cancelled': 'Training cancelled',
  },
  zh: {
    lead: '服务器各部分的状况、资源占用、密钥持有者，以及谁改了什么。', health: '健康状况', good: '正常', warning: '请查看', disk: '磁盘', counts: '列表背后的统计', model: '模型', training: '最近一次训练', measures: '指标',
    'almost-full': '即将写满', none: '没有在用的模型', stale: '超过一周', failed: '失败', behind: '落后', uses: '资源占用', memory: '内存（堆）', of: (all) => `共 ${all}`, freeOf: (all, share) => `可用，共 ${all}（${share}）`, uptime: '已运行', processors: '处理器',
    'working/lists': '正在生成的列表', 'waiting/lists': '等待中的列表', 'working/writes': '正在写入', 'waiting/writes': '等待写入', shop: '店铺', events: '已存事件', items: '商品', shoppersKnown: '已知顾客',
    keys: '密钥', keysLead: '属于本店。密文不留存；用“zhiyin keys”创建与吊销。', id: '密钥', role: '角色', created: '创建时间', noKeys: '没有密钥：只有本机能访问服务器。',
    audit: '谁改了什么', auditLead: '经由接口与本控制台的规则、模型与删除操作。删除不记录是谁。', when: '何时', who: '谁', what: '做了什么', details: '详情', noChanges: '还没有任何变更。', damaged: (n) => `日志中有 ${n} 行损坏。`,
    'rules-saved': '保存规则', 'rules-rolled-back': '回滚规则', 'training-begun': '开始训练', 'model-trained': '训练完成', 'model-activated': '启用模型', 'model-rolled-back': '回滚模型', 'user-erased': '删除一个用户', 'import-begun': '开始导入', 'import-ended': '导入结束', 'backup-begun': '开始备份', 'backup-ended': '备份结束', 'backup-deleted': '删除备份', 'backup-taken': '下载备份', 'training-cancelled': '取消训练',
  },
};
