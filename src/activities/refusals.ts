/** Another run holds the right to write to the customer's network. Tried again soon. */
export class LeaseTaken extends Error {
  override readonly name = 'LeaseTaken';
  constructor(customer: string) {
    super(`Another run is writing to the network of ${customer}. This one waits for it; nothing was changed.`);
  }
}

/** A run was ordered by hand in a way in which only the system orders it. */
export class OrderRefused extends Error {
  override readonly name = 'OrderRefused';
  constructor(why: string) {
    super(`${why} Nothing was changed. Start the workflow "startDailySync", or use "usersync sync run".`);
  }
}

/** Not one of many managed people is to be seen in the network: it is not compared with that. */
export class NetworkShowsNobody extends Error {
  override readonly name = 'NetworkShowsNobody';
  constructor(customer: string, managed: number) {
    super(
      `The network of ${customer} shows none of the ${managed} people under the sync, so it is not compared with them. Nothing was ` +
        'changed. Look whether it is the right network and whether our app may still read its people.',
    );
  }
}

/** A step of an onboarding cannot be done. The sentence is for whoever asked; trying again does not help by itself. */
export class OnboardingRefused extends Error {
  override readonly name = 'OnboardingRefused';
  constructor(sentence: string) {
    super(`${sentence} Nothing was changed.`);
  }
}

/** There is nothing to try a mapping on. */
export class NothingDelivered extends Error {
  override readonly name = 'NothingDelivered';
  constructor(customer: string) {
    super(
      `No employee record of ${customer} has been accepted yet, so what a mapping does cannot be shown. Nothing was changed. ` +
        'Show it on the file that was handed over, or take in a first delivery.',
    );
  }
}

/** Somebody who was not anonymised would have reached the development environment. */
export class NotAnonymised extends Error {
  override readonly name = 'NotAnonymised';
  constructor(what: string) {
    super(`${what} Nothing was sent to it. Stop the test, which removes everything, and begin another one.`);
  }
}

/** A test cannot go on. The sentence names rules and columns, and never a value. */
export class TestStopped extends Error {
  override readonly name = 'TestStopped';
}
