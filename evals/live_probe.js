// Runs in the page: hears the microphone and the twin by the page's own audio clock, and notes
// when each begins and ends to sound. Times are those of performance.now(), in milliseconds.

const LOUD = 0.012;
const QUIET_MS = 350;
const WORKLET = `
class Meter extends AudioWorkletProcessor {
  constructor() { super(); this.sum = 0; this.count = 0; }
  process(inputs) {
    const channel = inputs[0][0];
    if (channel) for (const x of channel) this.sum += x * x;
    this.count += 128;
    if (this.count >= 384) {
      this.port.postMessage([currentTime, Math.sqrt(this.sum / this.count)]);
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
  const found = { mic: [], twin: [], times: [], states: [], shown: [], cuts: 0 };
  const follow = (stream, sounds) => {
    const meter = new AudioWorkletNode(context, "meter");
    context.createMediaStreamSource(stream).connect(meter);
    let last = 0;
    let open = false;
    meter.port.onmessage = ({ data: [, loudness] }) => {
      const now = performance.now();
      if (loudness > LOUD) {
        if (!open) sounds.push({ from: now, to: now });
        open = true;
        last = now;
        sounds[sounds.length - 1].to = now;
      } else if (open && now - last > QUIET_MS) open = false;
    };
  };
  follow(live.stream, found.twin);
  const wait = setInterval(() => {
    if (!live.mic) return;
    clearInterval(wait);
    follow(live.mic, found.mic);
  }, 20);
  const take = live.take.bind(live);
  live.take = (message) => {
    if (message.kind === "times") found.times.push(message);
    if (message.kind === "state") found.states.push([performance.now(), message.state]);
    if (message.kind === "cut") found.cuts += 1;
    take(message);
  };
  const send = live.send.bind(live);
  live.send = (message) => {
    if (message.do === "shown") found.shown.push(live.figures.frames.at(-1));
    send(message);
  };
  window.selfsameProbe = found;
}
