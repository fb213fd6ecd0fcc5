/**
 * Every message of a batch is handled, whatever became of its neighbours; only then does the batch fail if one did.
 * What is delivered again finds its work done.
 */
export async function eachMessage<T>(messages: readonly T[], handle: (message: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  for (const message of messages) {
    try {
      await handle(message);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
