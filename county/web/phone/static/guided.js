// Guided questions: which are asked, which answers count, what comes out, and answers as text in an address.
// The rules of catalog/guided, without page or network; tests/web/test_walks.py holds both to the same lists.
// Answers map a question's id to: ids of options (multi), one id or name, a number, or {day: "2026-01-31"}.
"use strict";
const Guided = (function () {
  const ALONE = ["unsure", "none"];
  const BOUNDS = {
    lt: (a, b) => a < b,
    le: (a, b) => a <= b,
    gt: (a, b) => a > b,
    ge: (a, b) => a >= b,
  };
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
  const VERSION = "1";
  const MARK = 3;
  const LARGEST = 999999999;
  const LONGEST = 4000;

  const distinct = (list) => Array.from(new Set(list));

  // The data of a page in the form that the rules read: numbers get names, what is left out gets its default.
  const FORMS = ["original", "copy", "original_and_copy", "electronic"];
  const WAIVERS = ["", "data_sharing", "written_commitment"];

  function unpack(data) {
    const building = (stop) => (stop === undefined ? "" : data.stops[stop].building);
    const services = data.services.map((one) =>
      Object.assign({}, one, { building: building(one.stop), papers: one.papers.map(paperOf) })
    );
    const questions = data.questions.map((one) => Object.assign({}, one, { options: one.options.map(optionOf) }));
    const empty = { include: [], exclude: [], require: [], drop: [] };
    const effects = data.effects.map((one) => Object.assign({}, empty, one));
    return Object.assign({}, data, { questions: questions, services: services, effects: effects });
  }

  const optionOf = ([id, text, note = ""]) => ({ id: id, text: text, note: note });

  function paperOf([title, originals, copies, kinds, same, requiredSame, only = "", note = ""]) {
    return {
      title: title,
      originals: originals,
      copies: copies,
      group: kinds & 3,
      requiredGroup: (kinds >> 2) & 3,
      form: FORMS[(kinds >> 4) & 3],
      waiver: WAIVERS[(kinds >> 6) & 3],
      later: kinds > 255,
      same: same,
      requiredSame: requiredSame,
      case: only,
      note: note,
    };
  }

  // Conditions

  function holds(condition, answers) {
    if (!condition) return true;
    if (condition.q !== undefined) {
      const answer = answers.get(condition.q);
      return given(answer) && trueOf(condition, answer);
    }
    if (condition.not) return !holds(condition.not, answers);
    if (condition.any) return condition.any.some((part) => holds(part, answers));
    return condition.all.every((part) => holds(part, answers));
  }

  function trueOf(condition, answer) {
    const bounds = Object.keys(BOUNDS).filter((name) => condition[name] !== undefined);
    if (bounds.length) return bounds.every((name) => compares(BOUNDS[name], answer, condition[name]));
    const chosen = Array.isArray(answer) ? answer : [answer.day || answer];
    if (condition.is !== undefined) return chosen.length === 1 && chosen[0] === condition.is;
    if (condition.has !== undefined) return chosen.includes(condition.has);
    return condition.in.some((one) => chosen.includes(one));
  }

  // A number compares with a number and a day, which sorts as text, with a day.
  function compares(test, answer, bound) {
    if (typeof answer === "number") return typeof bound === "number" && test(answer, bound);
    return Boolean(answer.day) && typeof bound === "string" && test(answer.day, bound);
  }

  function about(condition) {
    if (!condition) return [];
    if (condition.q !== undefined) return [condition.q];
    const parts = condition.not ? [condition.not] : condition.any || condition.all;
    return [].concat(...parts.map(about));
  }

  // Walking

  const given = (answer) => answer !== undefined && !(Array.isArray(answer) && !answer.length);

  function walk(guide, answers) {
    const counting = new Map();
    const asked = guide.questions.filter((question) => {
      if (!holds(question.when, counting)) return false;
      const answer = answers.get(question.id);
      if (given(answer)) counting.set(question.id, answer);
      return true;
    });
    return { asked: asked, counting: counting };
  }

  const asked = (guide, answers) => walk(guide, answers).asked;
  const counted = (guide, answers) => walk(guide, answers).counting;

  // The first unanswered question, or the one that is asked next after another; undefined at the end.
  function next(guide, answers, after) {
    if (after === undefined) return asked(guide, answers).find((one) => !given(answers.get(one.id)));
    const ids = guide.questions.map((one) => one.id);
    return asked(guide, answers).find((one) => ids.indexOf(one.id) > ids.indexOf(after));
  }

  // A new map with one answer given or, with undefined, taken back. Throws for one that does not fit.
  function answer(guide, answers, id, value) {
    const changed = new Map(answers);
    changed.delete(id);
    if (value !== undefined) changed.set(id, checked(guide.questions.find((one) => one.id === id), value));
    return changed;
  }

  function checked(question, value) {
    const ids = question.options.map((option) => option.id);
    const fits = {
      multi: () => Array.isArray(value) && several(ids, value),
      number: () => Number.isInteger(value) && value >= 0 && value <= LARGEST,
      date: () => typeof value.day === "string" && isDay(value.day),
      single: () => ids.includes(value),
      place: () => ids.includes(value),
    };
    if (value === "unsure" && question.kind !== "multi") return value;
    if (!fits[question.kind]()) throw new Error("not an answer");
    return question.kind === "multi" ? ids.filter((id) => value.includes(id)) : value;
  }

  function several(ids, chosen) {
    const known = chosen.every((id) => ids.includes(id));
    return chosen.length > 0 && known && (chosen.length === 1 || !chosen.some((id) => ALONE.includes(id)));
  }

  // What is ticked after a touch on an option of a multi question.
  function toggled(ticked, option) {
    if (ticked.includes(option)) return ticked.filter((one) => one !== option);
    return ALONE.includes(option) ? [option] : ticked.filter((one) => !ALONE.includes(one)).concat(option);
  }

  function isDay(text) {
    const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
    if (!parts || text < "1900-01-01" || text > "2155-12-31") return false;
    const time = new Date(text + "T00:00:00Z");
    return !isNaN(time) && time.toISOString().slice(0, 10) === text;
  }

  // What comes out

  function result(guide, answers) {
    const counting = counted(guide, answers);
    const effects = guide.effects.filter((effect) => holds(effect.when, counting));
    const named = distinct([].concat(...effects.map((effect) => effect.include)));
    const excluded = new Set([].concat(...effects.map((effect) => effect.exclude)));
    const kept = named.filter((service) => !excluded.has(service));
    const wanted = kept.map((service) => papersOf(guide, service, effects, counting));
    return {
      services: kept.map((service) => chosen(service, effects, counting)),
      leftOut: named.filter((one) => excluded.has(one)).map((one) => leftOut(one, effects, counting)),
      papers: merged(wanted),
      dropped: [].concat(...wanted.map((papers) => papers.filter((one) => one.why === "dropped"))),
      notes: notes(guide, effects, !kept.length),
      stops: stops(guide, kept),
      visits: visits(guide, kept),
    };
  }

  function because(effects, counting) {
    const named = new Set([].concat(...effects.map((effect) => about(effect.when))));
    return Array.from(counting.keys()).filter((question) => named.has(question));
  }

  function chosen(service, effects, counting) {
    const including = effects.filter((effect) => effect.include.includes(service));
    const always = including.some((effect) => !effect.when);
    return { service: service, questions: always ? [] : because(including, counting) };
  }

  function leftOut(service, effects, counting) {
    const excluding = effects.filter((effect) => effect.exclude.includes(service));
    return { service: service, questions: because(excluding, counting) };
  }

  function papersOf(guide, service, effects, counting) {
    return guide.services[service].papers.map((paper) => wants(guide, service, paper, effects, counting));
  }

  // What one service says of a paper. Papers that are the `same` count once; `group` is where it stands.
  function wants(guide, service, paper, effects, counting) {
    const requiring = naming(effects, "require", service, paper.title);
    const dropping = naming(effects, "drop", service, paper.title);
    const found = (why, about, required) => ({
      service: service,
      paper: paper,
      same: required ? paper.requiredSame : paper.same,
      group: required ? paper.requiredGroup : paper.group,
      why: why,
      text: reason(guide, about),
      questions: because(about.map((one) => one.effect), counting),
    });
    if (!paper.case) return found("always", requiring, false);
    if (requiring.length) return found("answers", requiring, true);
    if (dropping.length) return found("dropped", dropping, false);
    return found("in_case", [], false);
  }

  function naming(effects, what, service, title) {
    const found = [];
    effects.forEach((effect) => {
      effect[what].forEach((entry) => {
        if (entry[0] === service && entry[1] === title) found.push({ effect: effect, reason: entry[2] });
      });
    });
    return found;
  }

  // Reasons are [Chinese] or [Chinese, English]; index -1 stands for none.
  function reason(guide, found) {
    const said = distinct(found.map((one) => one.reason)).filter((index) => index >= 0);
    const texts = said.map((index) => guide.reasons[index]);
    const english = texts.map((text) => text[1]).filter(Boolean).join("; ");
    return english || texts.map((text) => text[0]).join("；");
  }

  // Every paper once, strongest group first, with a need for each service that asks for it.
  function merged(wanted) {
    const needs = new Map();
    wanted.forEach((papers) => {
      const listed = new Map();
      papers.filter((one) => one.why !== "dropped").forEach((one) => listed.set(one.same, one));
      listed.forEach((one) => needs.set(one.paper.title, (needs.get(one.paper.title) || []).concat(one)));
    });
    const papers = Array.from(needs, ([title, found]) => summed(title, found));
    return [0, 1, 2, 3].reduce((all, group) => all.concat(papers.filter((one) => one.group === group)), []);
  }

  function summed(title, needs) {
    const group = Math.min(...needs.map((one) => one.group));
    const papers = needs.filter((one) => one.group === group).map((one) => one.paper);
    return {
      title: title,
      group: group,
      originals: Math.max(...papers.map((paper) => paper.originals)),
      copies: papers.reduce((sum, paper) => sum + paper.copies, 0),
      needs: needs,
    };
  }

  function notes(guide, effects, empty) {
    const speaking = effects.filter((effect) => effect.note !== undefined);
    const said = distinct(speaking.map((effect) => effect.note)).map((index) => guide.notes[index]);
    return empty && !speaking.some((effect) => effect.when) ? said.concat(guide.nothing) : said;
  }

  // Windows in the order of walking, each with its services.
  function stops(guide, services) {
    const found = new Map();
    services.forEach((service) => {
      const stop = guide.services[service].stop;
      if (stop !== undefined) found.set(stop, (found.get(stop) || []).concat(service));
    });
    const rank = (stop) => guide.stops[stop].rank;
    return Array.from(found, ([stop, some]) => ({ stop: stop, services: some }))
      .map((one, place) => [one, place])
      .sort(([a, first], [b, second]) => rank(a.stop) - rank(b.stop) || first - second)
      .map(([one]) => one);
  }

  function visits(guide, services) {
    const known = new Map();
    const counts = services.map((service) => guide.services[service]);
    counts.filter((one) => one.visits !== undefined).forEach((one) => {
      known.set(one.building, (known.get(one.building) || []).concat(one.visits));
    });
    const each = Array.from(known.values());
    return {
      separate: each.reduce((sum, some) => sum + some.reduce((a, b) => a + b, 0), 0),
      together: each.reduce((sum, some) => sum + Math.max(...some), 0),
      unknown: counts.filter((one) => one.visits === undefined).length,
    };
  }

  // Answers as text: docs/fragment.md

  const width = (choices) => (choices < 2 ? 0 : Math.floor(Math.log2(choices - 1)) + 1);
  const bits = (number, count) => (count ? number.toString(2).padStart(count, "0") : "");

  function packed(text) {
    const filled = text + "0".repeat((5 - (text.length % 5)) % 5);
    return filled.replace(/.{5}/g, (five) => DIGITS[parseInt(five, 2)]);
  }

  // Reads digits bit by bit. Throws for characters that are none, and at the end.
  function reader(text) {
    if (text.length > LONGEST || !/^[0-9A-V]*$/.test(text)) throw new Error("unreadable");
    let left = Array.from(text, (digit) => bits(DIGITS.indexOf(digit), 5)).join("");
    return {
      take(count) {
        if (count > left.length) throw new Error("unreadable");
        const taken = left.slice(0, count);
        left = left.slice(count);
        return parseInt(taken || "0", 2);
      },
      finish() {
        if (left.length > 4 || left.includes("1")) throw new Error("unreadable");
      },
    };
  }

  function encode(guide, answers) {
    const written = guide.questions.map((question) => {
      const value = answers.get(question.id);
      return given(value) ? "1" + bitsOf(question, value) : "0";
    });
    return VERSION + guide.mark + packed(written.join(""));
  }

  function bitsOf(question, value) {
    const ids = question.options.map((option) => option.id);
    if (question.kind === "multi") return ids.map((id) => Number(value.includes(id))).join("");
    if (question.kind === "number") return value === "unsure" ? "1" : "0" + bits(value, 30);
    if (question.kind !== "date") return bits(ids.indexOf(value), width(ids.length));
    if (value === "unsure") return "1";
    const [year, month, day] = value.day.split("-").map(Number);
    return "0" + bits(year - 1900, 8) + bits(month, 4) + bits(day, 5);
  }

  // Throws for any text that is not what `encode` writes for these questions; `error.changed` when for others.
  function decode(guide, text) {
    const code = text.toUpperCase();
    const mark = code.slice(1, 1 + MARK);
    if (code[0] !== VERSION || !/^[0-9A-V]{3}$/.test(mark)) throw new Error("unreadable");
    if (mark !== guide.mark) throw Object.assign(new Error("other questions"), { changed: true });
    const read = reader(code.slice(1 + MARK));
    const answers = new Map();
    guide.questions.forEach((question) => {
      if (read.take(1)) answers.set(question.id, checked(question, value(question, read)));
    });
    read.finish();
    return answers;
  }

  function value(question, read) {
    const ids = question.options.map((option) => option.id);
    if (question.kind === "multi") return ids.filter(() => read.take(1));
    if (question.kind === "number") return read.take(1) ? "unsure" : read.take(30);
    if (question.kind !== "date") return ids[read.take(width(ids.length))];
    if (read.take(1)) return "unsure";
    const [year, month, day] = [read.take(8) + 1900, read.take(4), read.take(5)];
    return { day: [year, month, day].map((part) => String(part).padStart(2, "0")).join("-") };
  }

  // Ticks of papers: the mark of their titles and one bit for each.
  function encodeTicks(guide, titles) {
    return guide.titlesMark + packed(guide.titles.map((_, index) => Number(titles.has(index))).join(""));
  }

  function decodeTicks(guide, text) {
    const code = text.toUpperCase();
    if (code.slice(0, MARK) !== guide.titlesMark) throw new Error("other papers");
    const read = reader(code.slice(MARK));
    const ticked = guide.titles.map((_, index) => index).filter(() => read.take(1));
    read.finish();
    return new Set(ticked);
  }

  return { unpack, asked, counted, next, answer, toggled, result, encode, decode, encodeTicks, decodeTicks, given };
})();
