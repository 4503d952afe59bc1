/** What was worked out before, as long as there is room: beyond `most` all is forgotten, which is cheaper than choosing. */
export class Kept<Key, Value> {
  private readonly values = new Map<Key, Value>();

  constructor(private readonly most: number) {}

  get(key: Key, make: () => Value): Value {
    const known = this.values.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (this.values.size >= this.most) this.values.clear();
    this.values.set(key, made);
    return made;
  }
}
