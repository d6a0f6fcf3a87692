// Words of the page of users.

export const WORDS = {
  en: { lead: 'Who shops here, and what is known of them.', user: 'User', events: 'Events', lastSeen: 'Last seen', interests: 'Interests', noUsers: 'Nobody has done anything yet.' },
  zh: { lead: '谁在这里购物，以及我们对他们的了解。', user: '用户', events: '行为数', lastSeen: '最近出现', interests: '兴趣', noUsers: '还没有人做过任何事。' },
};
