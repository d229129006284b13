"use strict";
(function () {
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const form = document.getElementById("filters");
  const words = document.getElementById("words");
  const differs = document.getElementById("differs");
  const shown = document.getElementById("shown");
  const tip = document.getElementById("tip");
  const cards = all(".card");
  const cases = all(".case");
  const pieces = all("[data-m]").map((piece) => ({
    piece,
    marks: piece.dataset.m.split(" ").map((one) => ({ id: one.slice(0, -1), role: one.slice(-1) })),
  }));
  const said = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));
  const marksOf = new Map(cards.map((card) => [card, card.dataset.marks.split(" ").map((one) => one.split(":"))]));
  const cardOf = new Map();
  for (const [card, marks] of marksOf) for (const [id] of marks) cardOf.set(id, card);
  let visible = new Set();
  let claim = "";

  function chosen(name) {
    return new Set(all('input[name="' + name + '"]:checked', form).map((box) => box.value));
  }

  function takes(card, wanted, query) {
    return (
      wanted.has(card.dataset.k) &&
      (!claim || card.dataset.c.split(" ").includes(claim)) &&
      (!query || said.get(card).includes(query)) &&
      (!differs.checked || card.closest(".case").classList.contains("differs"))
    );
  }

  function paint(one) {
    const left = one.marks.filter((mark) => visible.has(mark.id));
    if (one.piece.tagName === "SUP") {
      one.piece.classList.toggle("off", left.length === 0);
      return;
    }
    const looks = {};
    for (const mark of left) {
      if (mark.role !== "o" && !(mark.role in looks)) looks[mark.role] = mark.role + cardOf.get(mark.id).dataset.k;
    }
    one.piece.className = ["m", ...Object.values(looks)].join(" ");
  }

  function filter() {
    const hands = chosen("a");
    const wanted = chosen("k");
    const query = words.value.trim().toLowerCase();
    visible = new Set();
    for (const card of cards) {
      const left = takes(card, wanted, query) ? marksOf.get(card).filter(([, hand]) => hands.has(hand)) : [];
      card.classList.toggle("off", left.length === 0);
      for (const [id] of left) visible.add(id);
    }
    for (const one of cases) one.classList.toggle("off", !all(".card:not(.off)", one).length);
    for (const one of pieces) paint(one);
    for (const link of all("a.claim")) link.classList.toggle("on", link.dataset.claim === claim);
    shown.textContent = visible.size === cardOf.size ? "" : visible.size + " of " + cardOf.size + " attributions";
  }

  function light(ids) {
    for (const one of all(".on:not(.claim)")) one.classList.remove("on");
    if (!ids.length) return;
    for (const one of pieces) {
      if (one.piece.tagName !== "SUP" && one.marks.some((mark) => ids.includes(mark.id))) one.piece.classList.add("on");
    }
    for (const id of ids) cardOf.get(id).classList.add("on");
  }

  function idsOn(card) {
    return marksOf.get(card).map(([id]) => id);
  }

  function idsAt(target) {
    const piece = target.closest("[data-m]");
    if (!piece) return [];
    const ids = piece.dataset.m.split(" ").map((one) => one.slice(0, -1));
    return Array.from(new Set(ids)).filter((id) => visible.has(id));
  }

  function tell(target, ids) {
    tip.replaceChildren();
    const told = Array.from(new Set(ids.map((id) => cardOf.get(id)))).slice(0, 3);
    for (const card of told) {
      const copy = card.cloneNode(true);
      for (const one of all("[id]", copy)) one.removeAttribute("id");
      copy.removeAttribute("tabindex");
      copy.classList.remove("on");
      tip.append(copy);
    }
    tip.hidden = ids.length === 0;
    if (tip.hidden) return;
    const place = target.getBoundingClientRect();
    const own = tip.getBoundingClientRect();
    const below = place.bottom + 8 + own.height <= window.innerHeight;
    const top = below ? place.bottom + 8 : Math.max(4, place.top - own.height - 8);
    const left = Math.max(4, Math.min(place.left, window.innerWidth - own.width - 12));
    tip.style.top = top + window.scrollY + "px";
    tip.style.left = left + window.scrollX + "px";
  }

  document.addEventListener("mouseover", (event) => {
    const card = event.target.closest(".card");
    const ids = card ? idsOn(card) : idsAt(event.target);
    light(ids);
    tell(event.target, card ? [] : ids);
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    if (card) light(idsOn(card));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.claim");
    if (link) {
      event.preventDefault();
      claim = claim === link.dataset.claim ? "" : link.dataset.claim;
      filter();
      return;
    }
    const ids = idsAt(event.target);
    if (ids.length) cardOf.get(ids[0]).scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      light([]);
      tell(document.body, []);
    }
  });
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("all").addEventListener("click", () => {
    for (const box of all('input[name]', form)) box.checked = true;
    words.value = "";
    differs.checked = false;
    claim = "";
    filter();
  });
  filter();
})();
