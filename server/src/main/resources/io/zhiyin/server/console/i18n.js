// The language of the page, its words, and how it writes numbers, times and names.

import { WORDS } from './words.js';

const LANGUAGES = ['en', 'zh'];
const asked = new URLSearchParams(location.search).get('lang');
let lang = [asked, localStorage.getItem('zhiyin.lang')].find((l) => LANGUAGES.includes(l)) ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');
remember();

function remember() {
  localStorage.setItem('zhiyin.lang', lang);
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
}

export const language = () => lang;
const locale = () => (lang === 'zh' ? 'zh-CN' : 'en');

export function toggleLanguage() {
  lang = lang === 'zh' ? 'en' : 'zh';
  const url = new URL(location.href);
  url.searchParams.delete('lang');
  history.replaceState(history.state, '', url);
  remember();
}

/** A page's own words {en, zh} as a function of name and arguments; the shell's are known too. */
export const words = (own) => (name, ...args) => {
  const word = own[lang][name] ?? WORDS[lang][name];
  return typeof word === 'function' ? word(...args) : (word ?? name);
};

/** The shell's words. */
export const t = words(WORDS);

export const number = (value, digits = 0) =>
  Number.isFinite(value) ? value.toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }) : '–';
export const percent = (share, digits = 0) =>
  Number.isFinite(share) ? share.toLocaleString(locale(), { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }) : '–';
export const time = (at) => (at ? new Date(at).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short' }) : '–');
export const day = (at) => (at ? new Date(at).toLocaleDateString(locale(), { dateStyle: 'medium' }) : '–');

const STEPS = [['year', 31_557_600], ['month', 2_629_800], ['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

/** How long ago, in the roundest unit; the exact time is for a title. */
export function ago(at) {
  const seconds = (new Date(at) - Date.now()) / 1000;
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? STEPS.at(-1);
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

/** A number of bytes in the largest unit of which there is one. */
export function bytes(n) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const at = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, n)) / 10)));
  const value = n / 1024 ** at;
  return `${number(value, at > 0 && value < 10 ? 1 : 0)} ${units[at]}`;
}

/** Seconds in the two largest units. */
export function duration(seconds) {
  const s = Math.max(0, Math.round(seconds));
  const [h, m] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
  if (h) return t('hm', h, m);
  return m ? t('ms', m, s % 60) : t('s', s % 60);
}

export const titleOf = (item) => item.attributes?.[`title_${lang}`] ?? item.title ?? item.itemId;
export const aboutOf = (item) => item.attributes?.[`description_${lang}`] ?? item.description ?? '';
export const brandOf = (item) => item.attributes?.[`brand_${lang}`] ?? item.brand ?? '';
export const categoryOf = (item) => item.attributes?.[`category_${lang}`] ?? item.categories?.[0] ?? '';

export function money(value, currency) {
  if (!Number.isFinite(value)) return '–';
  // what a purchase says its currency is may be any text
  if (!/^[A-Za-z]{3}$/.test(currency ?? '')) return `${number(value, Number.isInteger(value) ? 0 : 2)}${currency ? ` ${currency}` : ''}`;
  return value.toLocaleString(locale(), { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: Number.isInteger(value) ? 0 : 2 });
}
