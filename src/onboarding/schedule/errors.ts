/** The items of a plan cannot be put into an order. Thrown before anything is planned. */
export class ImpossiblePlan extends Error {
  override readonly name = 'ImpossiblePlan';

  constructor(problem: string) {
    super(`${problem} Nothing was planned. Correct the items of the plan.`);
  }
}
