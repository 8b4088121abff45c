// The checks, by what they promise. Each opens its own pages.
import assert from 'node:assert/strict';

const text = (page, selector) => page.$eval(selector, (element) => element.textContent.trim());
const texts = (page, selector) => page.$$eval(selector, (all) => all.map((one) => one.textContent.trim()));
const type = async (page, words) => {
  await page.keyboard.press('/');
  await page.keyboard.type(words);
};
const focused = (page) => page.evaluate(() => {
  const { activeElement: element } = document;
  return element.id || element.getAttribute('href') || element.tagName;
});
const width = (page) => page.$eval('#canvas svg', (svg) => svg.getBoundingClientRect().width);
const back = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
// Lays out the whole page, also what is out of sight.
const layOut = (page) => page.evaluate(async () => {
  for (const one of document.querySelectorAll('article.object')) one.style.contentVisibility = 'visible';
  for (const one of document.querySelectorAll('details')) one.open = true;
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
});
const LIGHT = 'rgb(255, 255, 255)';
const DARK = 'rgb(14, 17, 22)';

export const checks = {
  async 'search ranks names, then columns, then texts'({ open }) {
    const page = await open('shop');
    await type(page, 'order');
    const found = await texts(page, '#results .found-name');
    assert.deepEqual(found.slice(0, 2), ['orders', 'order_items']);
    assert.match(await text(page, '#count'), /results/);
    const kinds = await texts(page, '#results .found-kind');
    const place = (name) => found.indexOf(name);
    assert.ok(place('keep_orders') > place('order_summaries'), 'a name that contains the text is after one that starts');
    assert.ok(place('order_items.order_id') > place('keep_orders'), 'columns are after names');
    assert.ok(kinds.includes('view') && kinds.includes('function'));
  },

  async 'search finds what contains all words'({ open }) {
    const page = await open('shop');
    await type(page, 'learns sign');
    assert.ok((await texts(page, '#results .found-name')).includes('users.email'));
    await page.keyboard.press('Escape');
    await type(page, 'no such thing');
    assert.equal(await text(page, '#count'), 'No results');
  },

  async 'search goes to what it finds, by keys'({ open }) {
    const page = await open('shop');
    await type(page, 'email');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(page), '#c:users.email');
    await page.keyboard.press('ArrowDown');
    assert.notEqual(await focused(page), '#c:users.email');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(page), 'search');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(new URL(page.url()).hash, '#c:users.email');
    assert.equal(await page.$eval('#panel', (panel) => panel.hidden), true);
    const top = await page.$eval('[id="c:users.email"]', (row) => row.getBoundingClientRect().top);
    assert.ok(top >= 56 && top < 900, `the row is visible: ${top}`);
    await type(page, 'addresses');
    await page.keyboard.press('Enter');
    assert.equal(new URL(page.url()).hash, '#t:addresses');
  },

  async 'Escape empties the search and leaves it'({ open }) {
    const page = await open('shop');
    await type(page, 'orders');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    assert.equal(await focused(page), 'search');
    assert.equal(await page.$eval('#search', (input) => input.value), '');
    await page.keyboard.press('Escape');
    assert.notEqual(await focused(page), 'search');
  },

  async 'links go along references in both directions'({ open }) {
    const page = await open('shop', { hash: '#t:orders' });
    const click = (table, target) => page.evaluate((id, href) => {
      document.getElementById(id).querySelector(`table.references a[href="${href}"]`).click();
    }, table, target);
    await click('t:orders', '#t:addresses');
    assert.equal(new URL(page.url()).hash, '#t:addresses');
    await click('t:addresses', '#t:orders');
    assert.equal(new URL(page.url()).hash, '#t:orders');
    await page.click('#canvas [data-table="products"] a');
    assert.equal(new URL(page.url()).hash, '#t:products');
    const marked = await page.$eval('[id="t:products"]', (table) => table.matches(':target'));
    assert.equal(marked, true);
  },

  async 'the diagram zooms by buttons, keys and wheel, and moves'({ open }) {
    const page = await open('large');
    const first = await width(page);
    await page.click('[data-zoom="+"]');
    assert.ok(await width(page) > first * 1.2);
    await page.click('[data-zoom="-"]');
    assert.ok(Math.abs(await width(page) - first) < 2);
    await page.focus('#canvas');
    await page.keyboard.press('1');
    assert.equal(await text(page, '#zoom-level'), '100%');
    const real = await width(page);
    await page.keyboard.press('0');
    const box = await page.$eval('#canvas', (one) => ({
      fits: one.scrollWidth <= one.clientWidth + 1 && one.scrollHeight <= one.clientHeight + 1,
    }));
    assert.ok(box.fits, 'the whole diagram fits');
    await page.keyboard.press('1');
    assert.equal(await width(page), real);
    await page.hover('#canvas');
    await page.keyboard.down('Control');
    await page.mouse.wheel({ deltaY: -100 });
    await page.keyboard.up('Control');
    await page.waitForFunction((before) => (
      document.querySelector('#canvas svg').getBoundingClientRect().width > before
    ), {}, real);
    const { x, y } = await page.$eval('#canvas', (one) => one.getBoundingClientRect().toJSON());
    const scrolled = () => page.$eval('#canvas', (one) => one.scrollLeft + one.scrollTop);
    const before = await scrolled();
    await page.mouse.move(x + 300, y + 300);
    await page.mouse.down();
    await page.mouse.move(x + 100, y + 100, { steps: 4 });
    await page.mouse.up();
    assert.ok(await scrolled() > before + 200, 'dragging moves the diagram');
    assert.equal(new URL(page.url()).hash, '', 'a drag follows no link');
  },

  async 'a table lights what it touches'({ open }) {
    const page = await open('shop');
    const near = () => page.$$eval('#contents .near', (all) => all.map((one) => one.dataset.table).sort());
    await page.hover('#canvas [data-table="orders"]');
    assert.deepEqual(await near(), ['addresses', 'order_events', 'order_items', 'users']);
    assert.ok(await page.$('#canvas.lit .reference.near'));
    const boxes = await page.$$eval('#canvas .entity.near', (all) => all.length);
    assert.equal(boxes, 4);
    await page.hover('h1');
    assert.deepEqual(await near(), []);
    await page.focus('#contents [data-table="products"]');
    assert.deepEqual(await near(), ['order_items']);
  },

  async 'colours follow the system, then the button, which is remembered'({ open }) {
    const page = await open('shop', { theme: 'dark' });
    assert.equal(await back(page), DARK);
    assert.equal(await page.$eval('#theme', (one) => one.getAttribute('aria-pressed')), 'true');
    await page.click('#theme');
    assert.equal(await back(page), LIGHT);
    await page.reload();
    assert.equal(await back(page), LIGHT);
    await page.click('#theme');
    assert.equal(await back(page), DARK);
    await page.evaluate(() => localStorage.clear());
    const other = await open('shop');
    assert.equal(await back(other), LIGHT);
  },

  async 'paper shows everything and no navigation'({ open, directory }) {
    const page = await open('filled', { theme: 'dark' });
    await page.emulateMediaType('print');
    const shown = await page.evaluate(() => {
      const isShown = (one) => one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
      const visible = (selector) => [...document.querySelectorAll(selector)].filter(isShown).length;
      const cut = [...document.querySelectorAll('.scroll, .canvas')];
      return {
        navigation: visible('#contents, .top, .zoom, .skip'),
        details: document.querySelectorAll('details pre').length - visible('details pre'),
        cut: cut.filter((box) => getComputedStyle(box).overflowX !== 'visible').length,
        head: getComputedStyle(document.querySelector('thead')).display,
        back: getComputedStyle(document.body).backgroundColor,
      };
    });
    assert.deepEqual(shown, { navigation: 0, details: 0, cut: 0, head: 'table-header-group', back: LIGHT });
    await page.pdf({ path: `${directory}/filled.pdf`, format: 'A4', margin: { top: 40, bottom: 40, left: 40, right: 40 } });
  },

  async 'keys reach everything, and the focus is visible'({ open }) {
    const page = await open('shop');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), '#content');
    const skip = await page.$eval('.skip', (link) => link.getBoundingClientRect().top);
    assert.ok(skip >= 0, 'the skip link is visible while it has the focus');
    const order = [];
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press('Tab');
      order.push(await focused(page));
      const ring = await page.evaluate(() => {
        const element = document.activeElement;
        const within = element.closest('svg a') ? element.querySelector('.frame') : element;
        const { outlineStyle, strokeWidth } = getComputedStyle(within);
        return element.closest('svg a') ? parseFloat(strokeWidth) >= 3 : outlineStyle !== 'none';
      });
      assert.ok(ring, `${order.at(-1)} shows the focus`);
    }
    assert.deepEqual(order.slice(0, 5), ['#content', 'search', 'theme', 'help-open', '#overview']);
    assert.ok(order.includes('#t:users'));
    await page.focus('#canvas');
    await page.keyboard.press('Tab');
    assert.match(await focused(page), /^#t:/, 'the boxes of the diagram are links');
  },

  async 'the help opens and closes by keys'({ open }) {
    const page = await open('shop');
    await page.focus('#theme');
    await page.keyboard.type('?');
    assert.equal(await page.$eval('#help', (help) => help.open), true);
    await page.keyboard.press('Escape');
    assert.equal(await page.$eval('#help', (help) => help.open), false);
    assert.equal(await focused(page), 'theme');
  },

  async 'a phone has the contents behind a button, and scrolls only downwards'({ open }) {
    for (const name of ['shop', 'ecommerce', 'large', 'filled', 'hostile']) {
      const page = await open(name, { width: 390, height: 844 });
      await layOut(page);
      const cut = await page.$$eval('.object', (all) => all.filter((one) => one.scrollWidth > one.clientWidth).length);
      assert.equal(cut, 0, `${name}: objects that are wider than the page`);
      const wide = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.deepEqual(wide, [390, 390], name);
      assert.equal(await page.$eval('#contents', (one) => one.checkVisibility()), false);
      await page.click('#menu');
      assert.equal(await page.$eval('#contents', (one) => one.checkVisibility()), true);
      await page.keyboard.press('Escape');
      assert.equal(await page.$eval('#contents', (one) => one.checkVisibility()), false);
      assert.equal(await focused(page), 'menu');
      await page.click('#menu');
      await page.click('#contents [data-table]');
      assert.match(new URL(page.url()).hash, /^#t:/);
      assert.equal(await page.$eval('#contents', (one) => one.checkVisibility()), false);
    }
  },

  async 'boxes that scroll take the focus and have names'({ open }) {
    const page = await open('shop', { width: 390, height: 844 });
    await layOut(page);
    const faults = await page.$$eval('.scroll', (all) => all.filter((box) => {
      const scrolls = box.scrollWidth > box.clientWidth;
      return !box.getAttribute('aria-label') || scrolls !== (box.tabIndex === 0 && box.getAttribute('role') === 'region');
    }).length);
    assert.equal(faults, 0);
    assert.ok(await page.$('.scroll[tabindex]'));
  },

  async 'without the script, everything is readable'({ open }) {
    const page = await open('shop', { script: false });
    await page.setJavaScriptEnabled(true);
    const shown = await page.evaluate(() => {
      const isShown = (selector) => document.querySelector(selector).checkVisibility();
      return ['#contents', '[id="t:orders"]', '#canvas svg', '#search', '#theme', '.zoom'].map(isShown);
    });
    assert.deepEqual(shown, [true, true, true, false, false, false]);
  },

  async 'names and comments of a schema run nothing'({ open }) {
    const page = await open('hostile');
    await page.mouse.move(600, 500);
    await type(page, 'hacked');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.equal(await page.$$eval('img, script', (all) => all.length), 1);
    // Every link of the contents leads to its table, also one with letters of every kind.
    const lost = await page.$$eval('a[href^="#"]', (all) => all.filter((link) => {
      const fragment = link.getAttribute('href').slice(1);
      return !document.getElementById(fragment) && !document.getElementById(decodeURIComponent(fragment));
    }).length);
    assert.equal(lost, 0);
  },

  async 'a page of 100 tables is ready within a second'({ open }) {
    const page = await open('large');
    const { ready, search } = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType('navigation');
      const input = document.getElementById('search');
      const times = ['o', 'or', 'ord', 'order', 'order_id'].map((value) => {
        const start = performance.now();
        input.value = value;
        input.dispatchEvent(new Event('input'));
        return performance.now() - start;
      });
      return { ready: navigation.domContentLoadedEventEnd, search: times };
    });
    console.log(`        ready after ${Math.round(ready)} ms, search ${search.map((time) => time.toFixed(1)).join(', ')} ms`);
    assert.ok(ready < 1000, `${ready} ms`);
    assert.ok(Math.max(...search) < 200, `${search} ms`);
  },

  async 'axe finds no serious fault'({ open, axe }) {
    for (const name of ['filled', 'ecommerce']) {
      for (const size of [1280, 390]) {
        for (const theme of ['light', 'dark']) {
          const page = await open(name, { width: size, theme });
          await type(page, 'order');
          await layOut(page);
          await page.evaluate(axe);
          const violations = await page.evaluate(async () => {
            const { violations: all } = await window.axe.run();
            return all.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 3).map((node) => node.html) }));
          });
          const grave = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
          assert.deepEqual(grave, [], `${name} ${size} ${theme}`);
          for (const { id, nodes } of violations) console.log(`        ${name} ${size} ${theme}: ${id} ${nodes[0]}`);
        }
      }
    }
  },

  async 'screenshots'({ open, directory }) {
    for (const [name, size, theme, hash] of [
      ['shop', 1280, 'light', ''], ['shop', 1280, 'dark', ''], ['shop', 390, 'light', ''], ['shop', 390, 'dark', '#t:orders'],
      ['filled', 1280, 'light', '#t:orders'], ['large', 1280, 'light', ''], ['hostile', 390, 'light', ''],
    ]) {
      const page = await open(name, { width: size, theme, hash });
      const part = hash === '' ? 'top' : 'table';
      await page.screenshot({ path: `${directory}/${name}-${size}-${theme}-${part}.png` });
    }
  },
};
