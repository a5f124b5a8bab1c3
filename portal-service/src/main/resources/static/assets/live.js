// Keeps the page as it is on the server: listens to the event stream and reads the page again when something it shows changed.
// Also keeps relative times true. Everything works without this file, only not by itself.
'use strict';

(() => {
  // Milliseconds. A random part, so that a thousand open pages do not ask at the same instant.
  const PAUSE = 250;
  const SPREAD = 400;
  const LEAST_APART = 1000;
  const WITHOUT_STREAM = 30000;
  // After a read that failed, or that nobody answered within htmx's timeout.
  const AFTER_FAILURE = 5000;
  const stream = document.body.dataset.stream;
  const indicator = document.getElementById('live');
  const indicatorText = document.getElementById('live-text');
  const announcer = document.getElementById('announce');
  let source = null;
  let timer = null;
  let settled = null;
  let without = null;
  let readAt = -LEAST_APART;
  let refreshing = false;
  let again = false;
  let missed = false;
  let held = false;

  // ---- times

  const plural = (number, word) => `${number} ${word}${number === 1 ? '' : 's'}`;

  function ago(at, now) {
    const seconds = (now - at) / 1000;
    const distance = Math.abs(seconds);
    if (distance < 45) return seconds < 0 ? 'in a moment' : 'just now';
    const minutes = Math.max(1, Math.round(distance / 60));
    const hours = Math.round(minutes / 60);
    const days = Math.round(hours / 24);
    const amount = minutes < 60 ? plural(minutes, 'minute') : hours < 24 ? plural(hours, 'hour') : plural(days, 'day');
    if (hours >= 24 && days > 45) return null;
    return seconds < 0 ? `in ${amount}` : `${amount} ago`;
  }

  function tick() {
    const now = Date.now();
    for (const time of document.querySelectorAll('time[data-ago]')) {
      const text = ago(Date.parse(time.dateTime), now);
      if (text !== null && time.textContent !== text) time.textContent = text;
    }
  }
  setInterval(tick, 15000);

  // ---- state that a refresh must not lose

  function states() {
    const found = new Map();
    for (const element of document.querySelectorAll('#main [data-state][id]')) found.set(element.id, element.dataset.state);
    return found;
  }

  function openness() {
    const found = new Map();
    for (const element of document.querySelectorAll('#main details[id]')) found.set(element.id, element.open);
    return found;
  }

  function focused() {
    const active = document.activeElement;
    if (!active || !active.closest('#main') || active.id === 'main') return null;
    if (active.id) return () => document.getElementById(active.id);
    const holder = active.closest('[id]');
    const selector = active.getAttribute('href') ? `a[href="${CSS.escape(active.getAttribute('href'))}"]` : active.localName;
    const place = [...holder.querySelectorAll(selector)].indexOf(active);
    return () => document.getElementById(holder.id)?.querySelectorAll(selector)[place];
  }

  // A form that somebody types in is never taken away: the page is read again once it is sent or emptied.
  function typing() {
    return document.querySelector('#main form[data-typed]') !== null;
  }
  document.addEventListener('input', event => {
    const form = event.target.closest('#main form[method="post"], #main form.asof');
    if (!form) return;
    const empty = [...form.elements].every(e => !e.name || e.type === 'hidden' || e.value === e.defaultValue || e.localName === 'button');
    if (empty) delete form.dataset.typed;
    else form.dataset.typed = 'true';
    if (empty && held) later();
  });

  document.addEventListener('htmx:beforeSwap', event => {
    if (event.detail.target.id === 'main' && typing()) {
      event.detail.shouldSwap = false;
      held = true;
    }
  });

  async function refresh() {
    const was = held;
    held = typing();
    if (held) {
      show('waiting', 'Waits for your form');
      return;
    }
    if (was) showStream();
    if (refreshing) {
      again = true;
      return;
    }
    refreshing = true;
    readAt = performance.now();
    const before = states();
    const open = openness();
    const focus = focused();
    try {
      await htmx.ajax('GET', location.pathname + location.search, {target: '#main', select: '#main', swap: 'outerHTML'});
      const changed = [];
      for (const [id, state] of states()) {
        if (before.get(id) !== state) changed.push(document.getElementById(id));
      }
      for (const [id, was] of open) {
        const element = document.getElementById(id);
        // What the reader opened stays open; what the reader closed opens again only when it changed for the worse.
        if (element && (was || !changed.includes(element))) element.open = was;
      }
      focus?.()?.focus({preventScroll: true});
      for (const element of changed) element.classList.add('is-changed');
      if (changed.length > 0) announcer.textContent = `The page was updated: ${plural(changed.length, 'change')}.`;
      tick();
      if (missed) {
        missed = false;
        showStream();
      }
    } catch {
      missed = true;
      show('waiting', 'Reconnecting');
      setTimeout(later, AFTER_FAILURE);
    } finally {
      refreshing = false;
      if (again) {
        again = false;
        later();
      }
    }
  }

  function later() {
    if (timer === null) {
      timer = setTimeout(() => {
        timer = null;
        refresh();
      }, Math.max(PAUSE + SPREAD * Math.random(), readAt + LEAST_APART - performance.now()));
    }
  }

  // What the server shows may have been read a moment before the last event: the page is read once more when that is over.
  function settle() {
    const behind = Number(document.getElementById('main').dataset.behind || 0);
    clearTimeout(settled);
    if (behind > 0) settled = setTimeout(later, behind);
  }

  function happened() {
    later();
    settle();
  }

  // ---- stream

  function show(state, text) {
    indicator.dataset.state = state;
    indicatorText.textContent = text;
  }

  function showStream() {
    if (source?.readyState === EventSource.OPEN) show('on', 'Live');
    else if (source) show('waiting', 'Reconnecting');
    else show('off', `Not live: read every ${WITHOUT_STREAM / 1000} s`);
  }

  function connect() {
    if (!stream || source) return;
    clearTimeout(without);
    let opened = false;
    source = new EventSource(stream);
    source.onopen = () => {
      showStream();
      if (opened || !document.body.dataset.fresh) later();
      settle();
      opened = true;
      delete document.body.dataset.fresh;
    };
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) doWithout();
      else showStream();
    };
    // The address of the stream says which of them the page shows.
    for (const type of ['result', 'transition', 'entity', 'scorecard', 'initiative', 'receipt', 'delivery', 'connection',
      'subject', 'deadLetter', 'refresh']) {
      source.addEventListener(type, happened);
    }
  }

  function disconnect() {
    clearTimeout(without);
    if (source) source.close();
    source = null;
  }

  // The server refused the stream, as it does when enough are open: the page is read from time to time, and asks for one again.
  function doWithout() {
    disconnect();
    showStream();
    delete document.body.dataset.fresh;
    without = setTimeout(() => {
      later();
      connect();
    }, WITHOUT_STREAM * (1 + Math.random() / 5));
  }

  // A browser allows few connections to one host: a page that nobody sees gives its one back.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      disconnect();
      if (stream) show('waiting', 'Paused');
    } else {
      connect();
    }
  });
  addEventListener('pagehide', disconnect);
  addEventListener('pageshow', event => {
    if (event.persisted) connect();
  });

  // ---- addresses without empty parameters

  document.addEventListener('htmx:configRequest', event => {
    const parameters = event.detail.parameters;
    for (const name of Object.keys(parameters)) {
      if (parameters[name] === '') delete parameters[name];
    }
  });

  // A rule that an address points at is shown opened.
  function openTarget() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.localName === 'details') target.open = true;
  }
  addEventListener('hashchange', openTarget);

  tick();
  openTarget();
  document.body.dataset.fresh = 'true';
  if (!stream) show('off', 'Not live');
  else if (!document.hidden) connect();
})();
