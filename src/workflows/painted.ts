import { condition } from '@temporalio/workflow';

/** The memory of a long workflow, mirrored in its details whenever something of it has changed. */
export abstract class Painted {
  /** Something changed that dates depend on, or that Postgres does not have yet. */
  hasNews = true;
  private isShown = false;

  changed(): void {
    this.hasNews = true;
    this.show();
  }

  /** To be shown soon. */
  show(): void {
    this.isShown = false;
  }

  /** Shows what has changed, once for everything that came at once: a flood is not painted a thousand times. */
  async keepShown(): Promise<never> {
    for (;;) {
      await condition(() => !this.isShown);
      this.isShown = true;
      this.paint();
    }
  }

  /** Details are asked for by whoever looks and cost nothing; search attributes are events, written when they differ. */
  protected abstract paint(): void;
}
