import {
  type FlowDocument,
  type FlowPublish,
  flowDocumentSchema,
  flowFaultSchema,
  flowNumberSchema,
  flowPartsSchema,
  flowVersionSchema,
} from '@contracts/flow';
import { type FlowTrial, flowWalkSchema } from '@contracts/flow-trial';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { fetchJson, request } from '../../app/api';

const key = ['flows'];
const numbersSchema = z.array(flowNumberSchema);
const faultsSchema = z.array(flowFaultSchema);

/** Service numbers, each with its flow in force. */
export function useFlowNumbers() {
  return useQuery({
    queryKey: [...key, 'numbers'],
    queryFn: ({ signal }) => fetchJson('/api/flows', numbersSchema, undefined, signal),
  });
}

/** Prompts and queues to choose from. */
export function useFlowParts() {
  return useQuery({
    queryKey: [...key, 'parts'],
    queryFn: ({ signal }) => fetchJson('/api/flows/parts', flowPartsSchema, undefined, signal),
  });
}

/** The flow in force of a number that has one. `version` 0: it has none, and nothing is asked. */
export function useFlow(number: string, version: number) {
  return useQuery({
    queryKey: [...key, number, version],
    enabled: version > 0,
    queryFn: ({ signal }) => fetchJson(`/api/flows/${number}`, flowVersionSchema, undefined, signal),
  });
}

/** What keeps the document from being published; the last answer stays until the next one comes. */
export function useFlowFaults(document: FlowDocument) {
  return useQuery({
    queryKey: [...key, 'check', document],
    // Times and dates that are being typed are no document yet; their fields say so themselves.
    enabled: flowDocumentSchema.safeParse(document).success,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request('POST', '/api/flows/check', { body: document, answer: faultsSchema, signal }),
  });
}

/** A walk through the document as a caller would take it. */
export function useFlowTrial(trial: FlowTrial) {
  return useQuery({
    queryKey: [...key, 'trial', trial],
    enabled: flowDocumentSchema.safeParse(trial.document).success,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request('POST', '/api/flow-trials', { body: trial, answer: flowWalkSchema, signal }),
  });
}

export function usePublishFlow(number: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (publish: FlowPublish) =>
      request('POST', `/api/flows/${number}`, { body: publish, answer: flowVersionSchema }),
    onSuccess: () => cache.invalidateQueries({ queryKey: key }),
  });
}
