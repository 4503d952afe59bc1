/**
 * Answers the requests of one session one after the other, in the order they came: a rename after a close finds the file.
 * Says when too many bytes wait, since SFTP itself has no way to slow a client down.
 */
export class RequestQueue {
  private tail: Promise<void> = Promise.resolve();
  private waiting = 0;
  private isFull = false;

  constructor(
    private readonly mostBytes: number,
    private readonly onFull: (isFull: boolean) => void,
  ) {}

  /** `task` must not throw. */
  add(bytes: number, task: () => Promise<void>): void {
    this.account(bytes);
    this.tail = this.tail.then(task).finally(() => this.account(-bytes));
  }

  /** Resolves when everything that was received is answered. */
  drained(): Promise<void> {
    return this.tail;
  }

  private account(bytes: number): void {
    this.waiting += bytes;
    const isFull = this.isFull ? this.waiting > this.mostBytes / 2 : this.waiting > this.mostBytes;
    if (isFull === this.isFull) return;
    this.isFull = isFull;
    this.onFull(isFull);
  }
}
