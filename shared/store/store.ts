/** The engine's store over Tablestore: the verbs, put together. */
import type { RunStore, TaskStore } from '../engine/store';
import { claimTask } from './claim-task';
import { createTasks } from './create-tasks';
import { endTask } from './end-task';
import { leavePlace, listNetworks, readNetwork, takeOverPlace, takePlace, writeNetwork } from './network-rows';
import { parkTask } from './park-task';
import { readTask, readTaskStates, readTasks } from './read-task';
import { allRecords, readRecords, writeRecord } from './resource-records';
import {
  appendEvent,
  createRun,
  endRun,
  forgetOpen,
  listOpen,
  moveRun,
  noteOpen,
  readEvents,
  readRun,
} from './run-rows';
import type { Tables } from './tables';
import { markPropagated, writeEdge } from './write-edge';

export const taskStore = (tables: Tables): TaskStore => ({
  readRun: readRun(tables),
  readTask: readTask(tables),
  readTaskStates: readTaskStates(tables),
  claimTask: claimTask(tables),
  parkTask: parkTask(tables),
  endTask: endTask(tables),
  writeEdge: writeEdge(tables),
  markPropagated: markPropagated(tables),
  readRecords: readRecords(tables),
  writeRecord: writeRecord(tables),
  appendEvent: appendEvent(tables),
});

export const runStore = (tables: Tables): RunStore => ({
  readNetwork: readNetwork(tables),
  listNetworks: listNetworks(tables),
  writeNetwork: writeNetwork(tables),
  takePlace: takePlace(tables),
  takeOverPlace: takeOverPlace(tables),
  leavePlace: leavePlace(tables),
  allRecords: allRecords(tables),
  createRun: createRun(tables),
  readRun: readRun(tables),
  moveRun: moveRun(tables),
  endRun: endRun(tables),
  createTasks: createTasks(tables),
  readTasks: readTasks(tables),
  noteOpen: noteOpen(tables),
  forgetOpen: forgetOpen(tables),
  listOpen: listOpen(tables),
  readEvents: readEvents(tables),
});
