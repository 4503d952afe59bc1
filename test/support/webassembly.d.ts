/** Only what the wasm engine of Prisma is loaded with; the DOM library that declares the rest is not ours to have. */
declare namespace WebAssembly {
  function compile(bytes: Uint8Array): Promise<object>;
  function instantiate(module: object, imports: object): Promise<{ readonly exports: { __wbindgen_start(): void } }>;
}
