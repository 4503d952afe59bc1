import type { Output } from '../output.js';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
/** Without a terminal the same words are repeated so seldom that a log stays readable. */
const LINE_EVERY_MS = 5_000;
const CLEAR_LINE = '\r\u001b[2K';

/** Shows on standard error that long work goes on: a spinner on a terminal, else now and then a line. */
export class ProgressLine {
  #text = '';
  #frame = 0;
  #written = { text: '', step: '', at: 0 };
  readonly #timer: NodeJS.Timeout | null;

  constructor(private readonly output: Output) {
    this.#timer = output.isLive ? setInterval(() => this.#draw(), FRAME_MS) : null;
  }

  show(text: string): void {
    this.#text = text;
    if (this.#timer === null) this.#writeLine();
  }

  end(): void {
    if (this.#timer === null) return;
    clearInterval(this.#timer);
    process.stderr.write(CLEAR_LINE);
  }

  #draw(): void {
    this.#frame = (this.#frame + 1) % FRAMES.length;
    process.stderr.write(`${CLEAR_LINE}${FRAMES[this.#frame]} ${this.#text.slice(0, process.stderr.columns - 3)}`);
  }

  /** A new step at once, new numbers of the same step after a while. */
  #writeLine(): void {
    const step = this.#text.replace(/[\d,]+ of .*$/, '');
    const isNew = step !== this.#written.step;
    const isDue = this.#text !== this.#written.text && Date.now() - this.#written.at >= LINE_EVERY_MS;
    if (!isNew && !isDue) return;
    this.#written = { text: this.#text, step, at: Date.now() };
    this.output.note(this.#text);
  }
}
