// Runs in the page: hears the microphone and the twin, and notes when each begins and ends to
// sound. Times are those of performance.now(), in milliseconds.

const LOUD = 0.012;
const QUIET_MS = 350;
const BURST_MS = 60;
const CLOCKS_MS = 500;
const WORKLET = `
class Meter extends AudioWorkletProcessor {
  constructor() { super(); this.sum = 0; this.count = 0; }
  process(inputs) {
    const channel = inputs[0][0];
    if (channel) for (const x of channel) this.sum += x * x;
    this.count += 128;
    if (this.count >= 384) {
      this.port.postMessage(Math.sqrt(this.sum / this.count));
      this.sum = 0; this.count = 0;
    }
    return true;
  }
}
registerProcessor("meter", Meter);`;

async function probe(live) {
  const context = new AudioContext({ latencyHint: "interactive" });
  const address = URL.createObjectURL(new Blob([WORKLET], { type: "text/javascript" }));
  await context.audioWorklet.addModule(address);
  const found = {
    mic: [], twin: [], bursts: [], times: [], states: [], shown: [], cut: [], lowered: [], clocks: [],
  };
  const note = (sounds, quiet) => {
    let open = false;
    return (loud, now) => {
      const last = sounds[sounds.length - 1];
      if (loud && !open) sounds.push({ from: now, to: now });
      else if (loud) last.to = now;
      if (loud) open = true;
      else if (open && now - last.to > quiet) open = false;
    };
  };
  const follow = (stream, volume, ...notes) => {
    const meter = new AudioWorkletNode(context, "meter");
    context.createMediaStreamSource(stream).connect(meter);
    meter.port.onmessage = ({ data: loudness }) => {
      const now = performance.now();
      for (const one of notes) one(loudness * volume() > LOUD, now);
    };
  };
  const twin = [note(found.twin, QUIET_MS), note(found.bursts, BURST_MS)];
  follow(live.stream, () => live.video.volume, ...twin);
  const wait = setInterval(() => {
    if (!live.mic) return;
    clearInterval(wait);
    follow(live.mic, () => 1, note(found.mic, QUIET_MS));
  }, 20);
  const take = live.take.bind(live);
  live.take = (message) => {
    if (message.kind === "times") found.times.push(message);
    if (message.kind === "state") found.states.push([performance.now(), message.state]);
    if (message.kind === "cut") found.cut.push(performance.now());
    take(message);
    if (message.kind === "lowered") found.lowered.push([performance.now(), message.to]);
  };
  const send = live.send.bind(live);
  live.send = (message) => {
    if (message.do === "shown") found.shown.push(live.figures.frames.at(-1));
    send(message);
  };
  followClocks(live, found.clocks);
  bringSounds(context);
  window.selfsameProbe = found;
}

// Which beat is seen and which is heard, by the ticks that both tracks count: where each is in its
// own stream is known exactly, so that their distance can't grow without being noticed.
function followClocks(live, clocks) {
  let shown = null;
  const frame = (now, about) => {
    shown = about;
    live.video.requestVideoFrameCallback(frame);
  };
  live.video.requestVideoFrameCallback(frame);
  setInterval(() => {
    const peer = live.line.peer;
    if (!peer || !shown || shown.rtpTimestamp === undefined) return;
    const receiver = peer.getReceivers().find(({ track }) => track.kind === "audio");
    const [heard] = receiver.getSynchronizationSources();
    if (heard) clocks.push([
      performance.now(), heard.timestamp - performance.timeOrigin, heard.rtpTimestamp,
      shown.expectedDisplayTime, shown.rtpTimestamp]);
  }, CLOCKS_MS);
}

// Whatever is given to selfsamePlay is heard by the microphone too.
function bringSounds(context) {
  const mixed = context.createMediaStreamDestination();
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    context.createMediaStreamSource(await ask(wanted)).connect(mixed);
    return mixed.stream.clone();
  };
  window.selfsamePlay = (samples, rate) => {
    const buffer = context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(Float32Array.from(samples), 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(mixed);
    source.start();
    return performance.now();
  };
}
