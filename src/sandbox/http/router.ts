/** One place in the tree of paths: what follows it, and which routes end here. */
interface Node<Route> {
  readonly literals: Map<string, Node<Route>>;
  parameter: Node<Route> | null;
  readonly routes: Map<string, Route>;
}

export type Found<Route> =
  | { readonly kind: 'route'; readonly route: Route; readonly parameters: readonly string[] }
  | { readonly kind: 'no_path'; readonly hint: string }
  | { readonly kind: 'no_method'; readonly allowed: readonly string[] };

/** Finds a route by method and path. Patterns are written `/users/{user}/status`; a `/` at the end counts. */
export class Router<Route> {
  readonly #root: Node<Route> = newNode();

  add(method: string, pattern: string, route: Route): void {
    let node = this.#root;
    for (const segment of pattern.slice(1).split('/')) {
      if (segment.startsWith('{')) node = node.parameter ??= newNode();
      else node = entry(node.literals, segment);
    }
    node.routes.set(method, route);
  }

  find(method: string, path: string): Found<Route> {
    const parameters: string[] = [];
    const node = this.#walk(path, parameters);
    if (node === null || node.routes.size === 0) return { kind: 'no_path', hint: this.#hint(path) };
    const route = node.routes.get(method);
    if (route === undefined) return { kind: 'no_method', allowed: [...node.routes.keys()] };
    return { kind: 'route', route, parameters };
  }

  #walk(path: string, parameters: string[]): Node<Route> | null {
    let node: Node<Route> | null = this.#root;
    for (const segment of path.slice(1).split('/')) {
      const literal: Node<Route> | undefined = node.literals.get(segment);
      if (literal === undefined && segment !== '') parameters.push(segment);
      node = literal ?? (segment === '' ? null : node.parameter);
      if (node === null) return null;
    }
    return node;
  }

  #hint(path: string): string {
    const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
    const node = this.#walk(other, []);
    if (node === null || node.routes.size === 0) return '';
    return path.endsWith('/') ? ': actions have no / at the end' : ': resources end with a /';
  }
}

function newNode<Route>(): Node<Route> {
  return { literals: new Map(), parameter: null, routes: new Map() };
}

function entry<Route>(literals: Map<string, Node<Route>>, segment: string): Node<Route> {
  let node = literals.get(segment);
  if (node === undefined) {
    node = newNode();
    literals.set(segment, node);
  }
  return node;
}
