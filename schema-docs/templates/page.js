// The page works without this script. It adds search, zoom, what hovering lights, and the choice of colours.
'use strict';

const root = document.documentElement;
const find = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const on = (target, kinds, handler, options) => {
  for (const kind of kinds.split(' ')) target.addEventListener(kind, handler, options);
};
root.classList.add('js');

// Colours. The choice is kept where the browser allows storage. It is applied before the first paint.
const THEME = 'freehold-theme';
try {
  const stored = localStorage.getItem(THEME);
  if (['light', 'dark'].includes(stored)) root.dataset.theme = stored;
} catch { /* Without storage, the system's colours apply. */ }

const colours = () => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
  const show = () => find('theme').setAttribute('aria-pressed', isDark());
  on(find('theme'), 'click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    show();
    try { localStorage.setItem(THEME, root.dataset.theme); } catch { /* It lasts until the page is closed. */ }
  });
  on(system, 'change', show);
  show();
};

// Search. Every word must occur. Names that start with the text come first, then names, columns and texts.
const SHOWN = 40;
let entries;

const entry = (element) => {
  const { name, kind } = element.dataset;
  const link = element.querySelector('.self');
  return {
    name, kind,
    lower: name.toLowerCase(),
    own: (kind === 'column' ? link.textContent : name).toLowerCase(),
    text: element.textContent.toLowerCase(),
    about: element.querySelector('.purpose, .about > p:not(.labels)')?.textContent,
    href: link.getAttribute('href'),
  };
};

const rank = ({ kind, lower, own, text }, query, words) => {
  const isColumn = kind === 'column';
  if (!isColumn && lower.startsWith(query)) return 0;
  // The name of a column contains that of its table, which alone does not find the column.
  const isNamed = words.every((word) => lower.includes(word)) && words.some((word) => own.includes(word));
  if (isNamed) return isColumn ? 2 : 1;
  return words.every((word) => lower.includes(word) || text.includes(word)) ? 3 : -1;
};

const search = (text) => {
  const query = text.trim().toLowerCase();
  const words = query.split(/\s+/);
  entries ??= all('[data-kind]').map(entry);
  // Short names come first. Sorting is stable: other results keep the order of the page.
  return entries
    .map((one) => ({ ...one, rank: rank(one, query, words) }))
    .filter((one) => one.rank >= 0)
    .sort((a, b) => a.rank - b.rank || (a.rank < 3 ? a.name.length - b.name.length : 0));
};

const result = (one) => {
  const item = document.createElement('li');
  const link = item.appendChild(document.createElement('a'));
  link.href = one.href;
  for (const part of ['name', 'kind', 'about']) {
    const span = link.appendChild(document.createElement('span'));
    span.className = `found-${part}`;
    span.textContent = one[part];
  }
  return item;
};

const countOf = (number) => {
  if (number > SHOWN) return `The first ${SHOWN} of ${number} results`;
  return number === 1 ? '1 result' : `${number || 'No'} results`;
};

const searching = () => {
  const [input, panel, list, count] = ['search', 'panel', 'results', 'count'].map(find);
  const box = input.parentElement;
  const show = () => {
    const isEmpty = input.value.trim() === '';
    const found = isEmpty ? [] : search(input.value);
    list.replaceChildren(...found.slice(0, SHOWN).map(result));
    count.textContent = isEmpty ? '' : countOf(found.length);
    panel.hidden = isEmpty;
  };
  const clear = () => {
    input.value = '';
    show();
  };
  // Moves the focus to the result before or after; before the first one is the input.
  const move = (step) => {
    const stops = [input, ...all('a', list)];
    stops[stops.indexOf(document.activeElement) + step]?.focus();
  };
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: () => {
      if (panel.hidden) input.blur(); else input.focus();
      clear();
    },
  };
  on(input, 'input', show);
  on(input, 'focus', () => { panel.hidden = input.value.trim() === ''; });
  on(input, 'keydown', ({ key }) => { if (key === 'Enter') list.querySelector('a')?.click(); });
  on(box, 'keydown', (event) => {
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  on(box, 'focusout', ({ relatedTarget }) => { if (!box.contains(relatedTarget)) panel.hidden = true; });
  on(list, 'click', () => {
    document.activeElement.blur();
    clear();
  });
};

// The diagram. Its box scrolls; zooming sets the size of the picture in it.
const diagram = () => {
  const canvas = find('canvas');
  const svg = canvas?.querySelector('svg');
  if (!svg) return;
  const { width, height } = svg.viewBox.baseVal;
  let scale = 1;
  // The point of the picture at `x`, `y` of the box stays there.
  const zoom = (wanted, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) => {
    const next = Math.min(3, Math.max(0.05, wanted));
    const left = ((canvas.scrollLeft + x) / scale) * next - x;
    const top = ((canvas.scrollTop + y) / scale) * next - y;
    scale = next;
    svg.style.width = `${width * scale}px`;
    svg.style.height = `${height * scale}px`;
    canvas.scrollTo({ left, top, behavior: 'instant' });
    find('zoom-level').value = `${Math.round(scale * 100)}%`;
  };
  const wide = () => canvas.clientWidth / width;
  const actions = {
    '+': () => zoom(scale * 1.25),
    '=': () => zoom(scale * 1.25),
    '-': () => zoom(scale / 1.25),
    0: () => {
      zoom(3); // Now the box is as high as it may be.
      zoom(Math.min(1, wide(), canvas.clientHeight / height));
    },
    1: () => zoom(1),
  };
  for (const button of all('[data-zoom]')) on(button, 'click', actions[button.dataset.zoom]);
  on(canvas, 'keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  });
  on(canvas, 'wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    const by = Math.exp(-Math.max(-100, Math.min(100, event.deltaY)) / 250);
    zoom(scale * by, event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  drag(canvas);
  // As wide as the page, but not so small that nothing can be read.
  zoom(Math.min(1, Math.max(wide(), 0.5)), 0, 0);
};

// Dragging with a mouse moves the picture. A finger scrolls the box without help.
const drag = (canvas) => {
  let from = null;
  let hasMoved = false;
  on(canvas, 'pointerdown', (event) => {
    hasMoved = false;
    if (event.pointerType !== 'mouse' || event.button !== 0) return;
    from = { x: event.clientX + canvas.scrollLeft, y: event.clientY + canvas.scrollTop };
  });
  on(canvas, 'pointermove', (event) => {
    if (!from) return;
    const left = from.x - event.clientX;
    const top = from.y - event.clientY;
    if (!hasMoved && Math.hypot(left - canvas.scrollLeft, top - canvas.scrollTop) < 5) return;
    hasMoved = true;
    canvas.setPointerCapture(event.pointerId);
    canvas.scrollTo({ left, top, behavior: 'instant' });
  });
  on(canvas, 'pointerup pointercancel', () => { from = null; });
  on(canvas, 'dragstart', (event) => event.preventDefault());
  // The click at the end of a drag follows no link.
  on(canvas, 'click', (event) => { if (hasMoved) event.preventDefault(); }, true);
};

// Hovering or focusing a table lights it and the tables that it references or that reference it.
const lighting = () => {
  const near = new Map();
  const join = (one, other) => near.set(one, (near.get(one) ?? new Set()).add(other));
  for (const { dataset: { from, to } } of all('tr[data-from]')) {
    join(from, to);
    join(to, from);
  }
  const [tables, lines] = ['[data-table]', '.reference'].map((selector) => all(selector));
  const light = (here, others, isLit) => {
    for (const { classList, dataset: { table } } of tables) {
      classList.toggle('here', here.includes(table));
      classList.toggle('near', !here.includes(table) && Boolean(others?.has(table)));
    }
    for (const line of lines) line.classList.toggle('near', isLit(line));
    find('canvas')?.classList.toggle('lit', here.length > 0);
  };
  on(document, 'pointerover focusin', ({ target }) => {
    const table = target.closest('[data-table]')?.dataset.table;
    const line = target.closest('.reference');
    if (table) light([table], near.get(table), ({ dataset: { from, to } }) => from === table || to === table);
    else if (line) light([line.dataset.from, line.dataset.to], null, (one) => one === line);
  });
  on(document, 'pointerout focusout', () => light([], null, () => false));
};

// The contents: a button shows them on narrow screens, and the object that is read is marked.
const contents = () => {
  const [nav, button] = ['contents', 'menu'].map(find);
  const isOpen = () => nav.classList.contains('open');
  const toggle = () => button.setAttribute('aria-expanded', nav.classList.toggle('open'));
  on(button, 'click', toggle);
  on(nav, 'click', ({ target }) => { if (isOpen() && target.closest('a')) toggle(); });
  on(document, 'keydown', ({ key }) => {
    if (key !== 'Escape' || !isOpen()) return;
    toggle();
    button.focus();
  });
  const links = new Map(all('a', nav).map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const visible = new Set();
  let marked;
  const mark = () => {
    const [first] = [...visible].sort((a, b) => a.offsetTop - b.offsetTop);
    marked?.removeAttribute('aria-current');
    marked = links.get(first?.id);
    if (!marked) return;
    marked.setAttribute('aria-current', 'location');
    const below = marked.offsetTop - nav.scrollTop;
    if (below > 48 && below < nav.clientHeight - 48) return;
    nav.scrollTo({ top: marked.offsetTop - nav.clientHeight / 2, behavior: 'instant' });
  };
  const watch = new IntersectionObserver((changes) => {
    for (const one of changes) visible[one.isIntersecting ? 'add' : 'delete'](one.target);
    mark();
  }, { rootMargin: '-80px 0px -60% 0px' });
  for (const one of all('article.object')) watch.observe(one);
};

// A box that scrolls takes the focus, so that keys can scroll it. Each is measured when it is first in sight.
const boxes = () => {
  const watch = new ResizeObserver((changes) => {
    const measured = changes.map(({ target: box }) => [box, box.scrollWidth > box.clientWidth]);
    for (const [box, scrolls] of measured) {
      box.setAttribute('role', scrolls ? 'region' : 'group');
      if (scrolls) box.tabIndex = 0; else box.removeAttribute('tabindex');
    }
  });
  for (const box of all('.scroll')) watch.observe(box);
};

// On paper everything is open.
const printing = () => {
  let closed = [];
  on(window, 'beforeprint', () => {
    closed = all('details:not([open])');
    for (const one of closed) one.open = true;
  });
  on(window, 'afterprint', () => { for (const one of closed) one.open = false; });
};

const keys = () => {
  const help = find('help');
  const actions = { '/': () => find('search').focus(), '?': () => help.showModal() };
  on(find('help-open'), 'click', actions['?']);
  on(help, 'click', ({ target }) => { if (target === help) help.close(); });
  on(document, 'keydown', (event) => {
    const isTyping = event.target.closest('input, dialog');
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  });
};

on(document, 'DOMContentLoaded', () => {
  for (const start of [colours, searching, diagram, lighting, contents, boxes, printing, keys]) start();
  root.dataset.ready = '';
});
