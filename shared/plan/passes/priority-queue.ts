/** A binary heap of numbers; `before` says which of two comes out first. */
export interface PriorityQueue {
  push(value: number): void;
  pop(): number | undefined;
  peek(): number | undefined;
}

export function priorityQueue(before: (a: number, b: number) => boolean): PriorityQueue {
  const heap: number[] = [];
  const at = (index: number): number => heap[index] as number;
  const swap = (a: number, b: number) => {
    [heap[a], heap[b]] = [at(b), at(a)];
  };
  const sinkFrom = (start: number) => {
    let parent = start;
    for (;;) {
      const left = 2 * parent + 1;
      if (left >= heap.length) return;
      const child = left + 1 < heap.length && before(at(left + 1), at(left)) ? left + 1 : left;
      if (!before(at(child), at(parent))) return;
      swap(child, parent);
      parent = child;
    }
  };
  return {
    push(value) {
      heap.push(value);
      for (let child = heap.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1;
        if (!before(at(child), at(parent))) return;
        swap(child, parent);
        child = parent;
      }
    },
    pop() {
      const top = heap[0];
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) {
        heap[0] = last;
        sinkFrom(0);
      }
      return top;
    },
    peek: () => heap[0],
  };
}
