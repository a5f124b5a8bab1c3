// Draws the table of each figure with data-chart as a chart, with uPlot. The table stays: it is what is read aloud, and without script it is all there is.
// What is drawn, and in which colours, the table and the stylesheet say: columns with data-series, the fill and stroke of their heads,
// rows with data-mark as vertical lines, data-top as the top of the scale, data-until as its right end, which is now when it is missing.
'use strict';

(() => {
  const HEIGHT = 200;
  // Pixels: about the width of a page of paper.
  const PAPER = 640;
  const DAY = 86400;
  const STEPS = [1, 2, 5].flatMap(step => [0, 1, 2, 3, 4, 5, 6].map(power => step * 10 ** power)).sort((a, b) => a - b);
  const drawn = new Map();
  const format = options => new Intl.DateTimeFormat('en-GB', {timeZone: 'UTC', ...options});
  const dayOf = format({day: 'numeric', month: 'short'});
  const timeOf = format({hour: '2-digit', minute: '2-digit'});
  let printing = false;

  // ---- what the table says

  const seconds = text => Date.parse(text) / 1000;
  const painted = colour => colour !== 'none';

  function number(text) {
    const value = Number.parseFloat(text);
    return Number.isNaN(value) ? null : value;
  }

  function read(figure) {
    const table = figure.querySelector('table');
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows]
      .map(row => ({at: seconds(row.querySelector('time').dateTime), row, texts: [...row.cells].map(cell => cell.textContent.trim())}))
      .sort((a, b) => a.at - b.at);
    const series = heads.filter(head => 'series' in head.dataset).map(head => {
      const {fill, stroke, strokeWidth, strokeDasharray} = getComputedStyle(head);
      return {
        column: head.cellIndex,
        name: head.textContent.trim(),
        values: rows.map(row => number(row.texts[head.cellIndex])),
        style: {
          fill: painted(fill) ? fill : undefined,
          stroke: painted(stroke) ? stroke : undefined,
          width: painted(stroke) ? Number.parseFloat(strokeWidth) : 0,
          dash: painted(strokeDasharray) ? strokeDasharray.split(',').map(Number.parseFloat) : undefined,
        },
      };
    });
    return {
      heads: heads.map(head => head.textContent.trim()),
      rows,
      series,
      top: number(table.dataset.top ?? ''),
      until: table.dataset.until ? seconds(table.dataset.until) : null,
    };
  }

  /** A row in words: what is shown below the chart, and read aloud. */
  function words(said, index) {
    const [at, ...cells] = said.rows[index].texts;
    return `${at}: ${cells.map((cell, i) => `${said.heads[i + 1]} ${cell}`).join(', ')}`;
  }

  // ---- how each kind of chart is drawn

  /** Columns on top of each other, the first on top. */
  function bars(said) {
    const piled = said.series.map((_, from) => said.rows.map((_, i) => said.series.slice(from).reduce((sum, each) => sum + each.values[i], 0)));
    return {
      xs: said.rows.map(row => row.at),
      ys: piled,
      series: {paths: uPlot.paths.bars({size: [.84, 48]}), points: {show: false}},
      cursor: {points: {show: false}},
      beside: DAY / 2,
    };
  }

  function lines(said) {
    return {
      xs: said.rows.map(row => row.at),
      ys: said.series.map(each => each.values),
      series: {points: {show: said.rows.length === 1}},
      beside: said.rows.length === 1 ? DAY / 2 : 0,
    };
  }

  /** A value that holds until the next, with a mark where it changed in the colour of its row. */
  function steps(said) {
    const until = Math.max(said.until ?? Date.now() / 1000, said.rows.at(-1).at + 1);
    const held = said.series.map(each => [...each.values, each.values.at(-1)]);
    const colours = said.rows.map(({row}) => getComputedStyle(row).fill);
    return {
      xs: [...said.rows.map(row => row.at), until],
      ys: held,
      series: {paths: uPlot.paths.stepped({align: 1}), points: {show: false}},
      beside: 0,
      marks: [...new Set(colours)].map(fill => ({fill, values: colours.map((colour, i) => (colour === fill ? said.series[0].values[i] : null))})),
    };
  }

  const KINDS = {bars, lines, steps};

  // ---- the chart

  function draw(figure) {
    const plot = figure.querySelector('.chart-plot');
    const said = read(figure);
    const kind = KINDS[figure.dataset.chart](said);
    const {fill: ink, stroke: rule, fontFamily} = getComputedStyle(plot);
    const font = `12px ${fontFamily}`;
    const last = said.rows.length - 1;
    // What is told while nobody chose: the newest row that has a value.
    const newest = said.rows.findLastIndex((_, i) => said.series[0].values[i] !== null);
    const beside = [...said.heads.keys()].filter(column => column > 0 && said.series.every(each => each.column !== column));
    // The end of a step is no row of its own: there the last one still holds.
    const row = index => Math.min(index, last);
    const marks = kind.marks ?? [];
    const top = said.top ?? Math.max(1, ...kind.ys.flat());
    const width = () => (printing ? Math.min(plot.clientWidth, PAPER) : plot.clientWidth);

    const chart = new uPlot({
      width: width(),
      height: HEIGHT,
      padding: [10, 22, 0, 0],
      tzDate: at => uPlot.tzDate(new Date(at * 1000), 'Etc/UTC'),
      cursor: {y: false, drag: {x: false, y: false}, ...kind.cursor},
      scales: {x: {range: (_, from, to) => [from - kind.beside, to + kind.beside]}, y: {range: [0, top]}},
      axes: [
        {
          stroke: ink, font, space: 70, grid: {show: false}, ticks: {stroke: rule, size: 5}, size: 28,
          values: (_, at, _axis, _space, step) => at.map(each => (step < DAY && each % DAY !== 0 ? timeOf : dayOf).format(each * 1000)),
        },
        {stroke: ink, font, space: 36, incrs: STEPS, size: 38, gap: 4, grid: {stroke: rule, width: 1}, ticks: {show: false}},
      ],
      series: [
        {label: said.heads[0], value: (_, _at, _series, index) => (index === null ? '' : said.rows[row(index)].texts[0])},
        ...said.series.map(({name, column, style}) => ({
          label: name,
          ...style,
          ...kind.series,
          value: (_, _value, place, index) => (index === null ? '' : told(row(index), column, place === said.series.length)),
        })),
        ...marks.map(({fill}) => ({class: 'u-only-points', paths: () => null, points: {show: true, size: 9, fill, stroke: fill}})),
      ],
      hooks: {
        draw: [self => rulers(self, said.rows.filter(each => 'mark' in each.row.dataset))],
        ready: [self => point(self, null)],
        setCursor: [self => point(self, self.cursor.idx)],
      },
    }, [kind.xs, ...kind.ys, ...marks.map(({values}) => values)], plot);

    // The value of a column; behind the last one what else the row says.
    function told(index, column, end) {
      const {texts} = said.rows[index];
      return [texts[column], ...(end ? beside.map(each => texts[each]) : [])].join(' · ');
    }

    function point(self, index) {
      const shown = row(index ?? newest);
      if (index === null) self.setLegend({idx: newest}, false);
      plot.setAttribute('aria-valuenow', shown);
      plot.setAttribute('aria-valuetext', words(said, shown));
    }

    // To those who do not point, it is a control that goes through the rows.
    for (const [name, value] of Object.entries({
      role: 'slider', tabindex: 0, 'aria-label': figure.dataset.name, 'aria-orientation': 'horizontal', 'aria-valuemin': 0, 'aria-valuemax': last,
    })) plot.setAttribute(name, value);
    chart.root.querySelector('.u-legend').setAttribute('aria-hidden', 'true');
    const go = index => chart.setCursor(index === null
      ? {left: -10, top: -10}
      : {left: chart.valToPos(kind.xs[Math.min(Math.max(index, 0), last)], 'x'), top: HEIGHT / 2});
    plot.onkeydown = event => {
      const at = chart.cursor.idx ?? newest;
      const to = {ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, Home: 0, End: last, Escape: null}[event.key];
      if (to === undefined) return;
      event.preventDefault();
      go(to);
    };
    plot.onblur = () => go(null);

    const sized = new ResizeObserver(() => {
      if (plot.clientWidth > 0 && width() !== chart.width) chart.setSize({width: width(), height: HEIGHT});
    });
    sized.observe(plot);
    drawn.set(figure, () => {
      sized.disconnect();
      chart.destroy();
    });
  }

  function rulers(chart, rows) {
    const {ctx, bbox} = chart;
    for (const {at, row} of rows) {
      const x = Math.round(chart.valToPos(at, 'x', true));
      ctx.save();
      ctx.strokeStyle = getComputedStyle(row).stroke;
      ctx.lineWidth = 2 * devicePixelRatio;
      ctx.setLineDash([]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.restore();
    }
  }

  // ---- when

  function drawAll() {
    for (const end of drawn.values()) end();
    drawn.clear();
    for (const figure of document.querySelectorAll('figure[data-chart]')) draw(figure);
  }

  // A swap takes away figures and brings others; what stands as it stood is left alone.
  function drawNew() {
    for (const [figure, end] of drawn) {
      if (figure.isConnected) continue;
      end();
      drawn.delete(figure);
    }
    for (const figure of document.querySelectorAll('figure[data-chart]')) {
      if (!drawn.has(figure)) draw(figure);
    }
  }
  document.addEventListener('htmx:afterSwap', drawNew);
  document.addEventListener('htmx:historyRestore', drawNew);

  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) matchMedia(query).addEventListener('change', drawAll);

  // Paper is light, and a browser that prints lays the page out without telling the script.
  function print(begins) {
    printing = begins;
    document.documentElement.style.colorScheme = begins ? 'light' : '';
    drawAll();
  }
  addEventListener('beforeprint', () => print(true));
  addEventListener('afterprint', () => print(false));

  drawAll();
})();
