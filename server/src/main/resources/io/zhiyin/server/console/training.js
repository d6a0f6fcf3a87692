// A training: begin one, and see it go.

import { WORDS } from './words-models.js';
import { ago, duration, number, words } from './i18n.js';
import { call } from './api.js';
import { card, h, tell } from './dom.js';
import { chart } from './chart.js';
import { problem, sentence } from './said.js';

const t = words(WORDS);
const OFTEN = 1000;

/** @param reload draws the page anew, once a training has ended */
export function training(models, signal, reload) {
  const epochs = h('input', { type: 'number', id: 'epochs', min: 1, max: 1000, class: 'short', placeholder: t('asRecipe') });
  const mode = h('select', { id: 'mode' }, ['full', 'continue'].map((m) => h('option', { value: m }, t(`mode.${m}`))));
  const activate = h('select', { id: 'activate' }, ['if-better', 'always', 'never'].map((a) => h('option', { value: a }, t(`activate.${a}`))));
  const begin = h('button', { class: 'btn main', 'data-act': 'train' }, t('train'));
  const host = h('div', {});
  const form = h('form', { class: 'tools' }, h('label', { for: 'mode' }, t('mode')), mode, h('label', { for: 'activate' }, t('activate')), activate, h('label', { for: 'epochs' }, t('epochs')), epochs, begin);
  let curve = [];
  let picture = null;
  let drawnFor = null;

  form.addEventListener('submit', async (e) => {
    e.preventDefault();
    begin.disabled = true;
    const body = { mode: mode.value, activate: activate.value, ...(epochs.value ? { epochs: Number(epochs.value) } : {}) };
    try {
      show((await call('/v1/models:train', { method: 'POST', body })).training);
      follow();
    } catch (error) {
      tell(problem(error), true);
      begin.disabled = false;
    }
  });

  function follow() {
    const timer = setTimeout(async () => {
      try {
        const now = await call('/v1/models', { signal });
        show(now.training);
        if (now.training?.state === 'running') return follow();
        tell(now.training?.state === 'done' ? t('done', now.training.modelId) : now.training?.state === 'cancelled' ? t('state.cancelled') : sentence(now.training?.failure ?? t('gone')), now.training?.state === 'failed' || !now.training);
        reload();
      } catch (e) {
        if (!signal.aborted) follow();
      }
    }, OFTEN);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  function show(run) {
    if (!run) return host.replaceChildren(h('p', { class: 'quiet' }, t('noTraining')));
    begin.disabled = run.state === 'running';
    curve = run.curve;
    const head = [h('p', { class: 'row', 'aria-live': 'polite' }, h('span', { class: `pill ${run.state === 'failed' ? 'bad' : 'good'}`, 'data-state': run.state }, t(`state.${run.state}`)), h('span', {}, run.stage ? t('stage', t(`stage.${run.stage}`), number(run.epoch), number(run.epochs)) : t('reading')), h('span', { class: 'quiet' }, run.state === 'running' && run.stage ? t('left', duration(run.elapsedSeconds), duration(run.leftSeconds)) : t('began', ago(run.startedAt))))];
    if (run.state === 'running') head.push(h('progress', { max: Math.max(1, run.epochs ?? 1), value: run.stage ? run.epoch : null, 'aria-label': t('progress') }));
    if (run.state === 'running') head.push(h('button', { class: 'btn', type: 'button', 'data-act': 'cancel-training', disabled: run.cancelling, onclick: cancel }, run.cancelling ? t('cancelling') : t('cancel')));
    if (run.failure) head.push(h('p', { class: 'bad' }, sentence(run.failure)));
    const drawn = `${run.startedAt} ${curve.length > 0}`;
    if (drawn !== drawnFor) {
      drawnFor = drawn;
      picture = curve.length ? curves(() => curve) : null;
      host.replaceChildren(h('div', {}, ...head), ...(picture ? [picture] : []));
    } else {
      host.firstChild.replaceChildren(...head);
      picture?.redraw();
    }
  }

  async function cancel(e) {
    e.target.disabled = true;
    try {
      show((await call('/v1/models:cancel', { method: 'POST' })).training);
    } catch (error) {
      tell(problem(error), true);
    }
  }

  show(models.training);
  if (models.training?.state === 'running') follow();
  return card(t('training'), form, host);
}

/** Loss falling on the left axis, the validation metric rising on the right. */
function curves(points) {
  const of = (field) => points().filter((p) => p[field] !== undefined).map((p) => [p.epoch, p[field]]);
  return chart({
    label: t('curveLabel'),
    height: 260,
    figures: { columns: [t('epoch'), t('loss'), t('metric')], rows: () => points().map((p) => [p.epoch, p.loss === undefined ? '–' : number(p.loss, 4), p.validationNdcg10 === undefined ? '–' : number(p.validationNdcg10, 4)]) },
    option: (c) => ({
      legend: {},
      tooltip: { trigger: 'axis' },
      grid: { left: 8, right: 12, top: 56, bottom: 26, containLabel: true },
      xAxis: { type: 'value', name: t('epoch'), nameLocation: 'middle', nameGap: 24, minInterval: 1, min: 1, max: Math.max(2, ...points().map((p) => p.epoch)), splitLine: { show: false } },
      yAxis: [
        { type: 'value', name: t('loss'), scale: true, nameTextStyle: { color: c.soft, align: 'left' } },
        { type: 'value', name: t('metric'), scale: true, splitLine: { show: false }, nameTextStyle: { color: c.soft, align: 'right' } },
      ],
      series: [
        { name: t('loss'), type: 'line', data: of('loss'), itemStyle: { color: c.c2 } },
        { name: t('metric'), type: 'line', yAxisIndex: 1, data: of('validationNdcg10'), itemStyle: { color: c.jade } },
      ],
    }),
  });
}
