import type { Readable } from 'node:stream';

/** Where employee records come from. One implementation a folder. */
export interface Source {
  /**
   * The newest complete delivery. `content` must be read to its end or destroyed.
   * @throws SourceError when there is none, when it cannot be reached, or when it is not ours to trust.
   */
  newest(options?: SourceReadOptions): Promise<Delivery>;
  close(): Promise<void>;
}

export interface SourceReadOptions {
  /** Called while waiting and reading, so that a long read shows that it is alive. */
  readonly onProgress?: (text: string) => void;
  readonly signal?: AbortSignal;
}

export interface Delivery {
  /** File name as delivered, without folder. */
  readonly name: string;
  /** Bytes as announced by the source; null when unknown. */
  readonly size: number | null;
  readonly modifiedAt: Date;
  readonly content: Readable;
  /** Moves the delivered file away, where the account allows it; answers whether it did. */
  archive(): Promise<boolean>;
}
