/**
 * How many edges a task may have at either end, and how many the report waits for. A task that ends writes one column
 * per edge within one invocation and one that joins reads its row for all of them; 32 writes stay well inside a
 * function's budget at Tablestore's few milliseconds each.
 */
export const EDGE_LIMIT = 32;
