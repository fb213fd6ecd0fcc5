/** No redirect is followed: what is called is what the operator registered. */
export async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  timeout: number,
): Promise<number | null> {
  try {
    const signal = AbortSignal.timeout(timeout);
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return null;
  }
}
