import { Client, WorkflowNotFoundError, type Connection } from '@temporalio/client';
import { onboardingId, uploadedSignal } from '../workflows/onboarding/messages.js';

/** Tells a customer's onboarding that something was uploaded. Without one, nobody needs to know: a daily run looks by itself. */
export async function announceUpload(connection: Connection, namespace: string, customer: string): Promise<void> {
  await letLook(new Client({ connection, namespace }), customer);
}

/** Lets a customer's onboarding look around at once, if it has one. */
export async function letLook(client: Client, customer: string): Promise<void> {
  try {
    await client.workflow.getHandle(onboardingId(customer)).signal(uploadedSignal);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
