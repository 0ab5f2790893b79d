// What was said, newest first; under each reply what it rests on, its times, and its film.

const STAGES = {
  end_of_utterance_delay_ms: "Counted as finished",
  transcription_delay_ms: "Written down",
  recall_ms: "Remembered",
  hesitation_ms: "Word while thinking",
  llm_first_token_ms: "First word",
  first_clause_ms: "First clause",
  tts_first_pcm_ms: "First sound made",
  avatar_first_frame_ms: "First picture drawn",
  first_audio_ms: "First sound sent",
  webrtc_first_frame_ms: "First picture on this page",
  end_ms: "End of the reply",
};

class Turns {
  constructor(talk, list, session) {
    this.talk = talk;
    this.list = list;
    this.session = session;
  }

  turn() {
    if (!this.current) {
      const item = make("li");
      this.current = { item, heard: make("p", "heard"), reply: make("p", "reply") };
      item.append(this.current.heard, this.current.reply);
      this.list.prepend(item);
    }
    return this.current;
  }

  of(number) { return this.list.querySelector('li[data-turn="' + number + '"]'); }

  // What was said before this page was loaded.
  restore({ said, stages }) {
    if (this.list.children.length) return;
    for (const message of said) this[message.kind](message);
    this.summed(stages);
  }

  heard({ text, final, tone }) {
    if (this.current && this.current.settled) this.current = null;
    const turn = this.turn();
    turn.heard.textContent = text;
    turn.heard.dataset.final = final ? "yes" : "no";
    turn.settled = final;
    turn.tone = tone;
  }

  writing(text) {
    this.written = this.turn();
    this.written.reply.textContent = text;
  }

  reply({ turn, text, outcome, known, evidence, learned }) {
    const shown = this.turn();
    shown.item.dataset.turn = turn;
    shown.reply.textContent = text;
    const tone = shown.tone ? " · You sounded " + shown.tone : "";
    const foot = outcome + tone + (learned.length ? " · Learnt: " + learned.join("; ") : "");
    shown.item.append(make("p", "foot", foot));
    const more = make("div", "more");
    shown.item.append(more);
    if (evidence.length) more.append(evidenceBox(evidence, known));
    if (this.talk.box.dataset.face === "yes") more.append(this.playButton(turn), this.saveButton(turn));
  }

  // It may be told when the next turn has begun.
  cut({ turn, text }) {
    const item = this.of(turn);
    const reply = item ? item.querySelector(".reply") : (this.written || this.turn()).reply;
    reply.textContent = text ? text + " …" : "(interrupted)";
  }

  times({ turn, times }) {
    const item = this.of(turn);
    if (!item) return;
    const first = times.webrtc_first_frame_ms || times.first_audio_ms;
    const foot = item.querySelector(".foot");
    if (first && !foot.dataset.timed) {
      foot.dataset.timed = "yes";
      foot.textContent += " · answered after " + (first / 1000).toFixed(1) + " s";
    }
    let box = item.querySelector("details.times");
    if (!box) {
      box = make("details", "times");
      box.append(make("summary", "", "Times"), make("div"));
      item.querySelector(".more").prepend(box);
    }
    const rows = Object.entries(times).map(([stage, ms]) => [STAGES[stage] || stage, seconds(ms)]);
    box.lastChild.replaceChildren(table(["", "after"], rows));
  }

  // The times of the whole talk.
  summed(stages) {
    const rows = Object.entries(stages).map(([stage, { n, p50, p95 }]) =>
      [STAGES[stage] || stage, String(n), seconds(p50), seconds(p95)]);
    this.session.hidden = !rows.length;
    const about = make("p", "foot", "Counted from the end of what you said, or from Send.");
    this.session.lastElementChild.replaceChildren(
      table(["", "turns", "half within", "95 in 100 within"], rows), about);
  }

  playButton(turn) {
    return this.button("Play", "Making the film…", async (button) => {
      const found = await this.talk.clip(turn);
      if (!found) return;
      const video = make("video", "film");
      video.controls = video.playsInline = true;
      video.setAttribute("aria-label", "Film of this reply");
      video.src = found.film;
      if (found.words) video.append(captions(found.words));
      button.closest("li").append(video);
      button.remove();
      video.play().catch(() => {});
    });
  }

  saveButton(turn) {
    return this.button("Save as film", "Making the film…", async () => {
      const found = await this.talk.clip(turn);
      if (!found) return;
      const link = make("a");
      link.href = found.film;
      link.download = "reply-" + turn + ".mp4";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
  }

  button(name, busy, act) {
    const button = make("button", "clip", name);
    button.type = "button";
    button.addEventListener("click", async () => {
      button.disabled = true;
      button.textContent = busy;
      await act(button);
      button.disabled = false;
      button.textContent = name;
    });
    return button;
  }
}

function captions(address) {
  const track = make("track");
  Object.assign(track, { kind: "captions", label: "Captions", src: address });
  return track;
}

function evidenceBox(evidence, known) {
  const box = make("details", "evidence");
  const title = known ? "What this rests on: " : "What came closest: ";
  box.append(make("summary", "", title + evidence.length));
  for (const { said, who, when } of evidence) {
    const quote = make("blockquote", "", said);
    quote.append(make("cite", "", who + ", " + when));
    box.append(quote);
  }
  return box;
}

function table(heads, rows) {
  const found = make("table");
  const head = found.createTHead().insertRow();
  for (const name of heads) {
    const cell = make("th", "", name);
    cell.scope = "col";
    head.append(cell);
  }
  const body = found.createTBody();
  for (const [name, ...values] of rows) {
    const row = body.insertRow();
    const cell = make("th", "", name);
    cell.scope = "row";
    row.append(cell, ...values.map((value) => make("td", "", value)));
  }
  return found;
}

function seconds(ms) { return (ms / 1000).toFixed(2) + " s"; }

function make(tag, name = "", text = "") {
  const el = document.createElement(tag);
  if (name) el.className = name;
  el.textContent = text;
  return el;
}

function keep(figures, value) {
  figures.push(value);
  if (figures.length > MOST_FIGURES) figures.splice(0, MOST_FIGURES / 2);
}
