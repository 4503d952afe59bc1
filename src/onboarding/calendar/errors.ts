/** A calendar leaves no day to work on. Thrown wherever working days are counted. */
export class NoWorkingDay extends Error {
  override readonly name = 'NoWorkingDay';

  constructor(readonly from: string) {
    super(
      `The calendar has no working day in the ten years around ${from}: a pause or its holidays leave none. ` +
        'Nothing was planned. End the pause, or correct the holidays.',
    );
  }
}
