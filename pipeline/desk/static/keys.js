// Keys of the review page. Every key presses a button or follows a link that is on the page, too.
const flags = [...document.querySelectorAll(".flag-list > .flag")];
const typing = (target) => target.matches("input[type=text], textarea, select");

const current = () => document.activeElement?.closest?.(".flag") ?? null;
const focus = (flag) => {
  if (!flag) return;
  flag.focus({ preventScroll: true });
  flag.scrollIntoView({ block: "nearest" });
  mark(flag);
};
const mark = (flag) => {
  for (const link of document.querySelectorAll(".compare .here")) link.classList.remove("here");
  const places = document.querySelectorAll(`.compare a[href="#${CSS.escape(flag.id)}"]`);
  for (const link of places) link.classList.add("here");
  places[0]?.scrollIntoView({ block: "center" });
};
const step = (by) => {
  const at = flags.indexOf(current());
  focus(flags[at < 0 ? (by > 0 ? 0 : flags.length - 1) : (at + by + flags.length) % flags.length]);
};
const chosen = () => current() ?? flags.find((flag) => "undecided" in flag.dataset) ?? flags[0];
const press = (scope, key) => scope?.querySelector(`[data-key="${key}"]`)?.click();
// The focus has moved on after a decision: undo speaks of what was just decided, unless this one can be undone.
const undo = () => press(current()?.querySelector('[data-key="u"]') ? current() : document.querySelector("form.last"), "u");

const dismiss = (flag) => {
  const details = flag?.querySelector("details.dismiss");
  if (!details) return;
  details.open = true;
  details.querySelector("input[type=radio]").focus();
};
const giveReason = (number) => {
  const details = current()?.querySelector("details.dismiss[open]");
  const reason = details?.querySelector(`[data-reason="${number}"]`);
  if (!reason) return;
  reason.checked = true;
  details.querySelector("button[value=dismiss]").click();
};
const help = () => {
  const details = document.getElementById("help");
  details.open = !details.open;
  details.querySelector("summary").focus();
};

// Without a clipboard (an address that is not https) the link is followed instead: it downloads the same text.
const copy = async (key) => {
  const link = document.querySelector(`[data-copy][data-key="${key}"]`);
  const said = document.getElementById("copied");
  if (!link || !said) return;
  if (!navigator.clipboard) {
    link.click();
    return;
  }
  const text = await (await fetch(link.href)).text();
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = `Copied as ${link.textContent === "HTML" ? "HTML" : "Markdown"}.`;
  } catch {
    link.click();
  }
};

const actions = {
  j: () => step(1),
  k: () => step(-1),
  a: () => press(chosen(), "a"),
  A: () => press(document.querySelector("form.all"), "A"),
  i: () => dismiss(chosen()),
  m: () => press(chosen(), "m"),
  u: undo,
  c: () => copy("c"),
  C: () => copy("C"),
  r: () => press(document, "r"),
  e: () => press(document, "e"),
  n: () => press(document, "n"),
  "?": help,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = /^[1-5]$/.test(event.key) ? () => giveReason(event.key) : actions[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// A link into the findings moves the focus, so that the next key speaks of that finding.
const follow = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.matches(".flag")) focus(target);
};
addEventListener("hashchange", follow);
follow();
