package dev.relais.worker.tool;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One call of a reply.
 *
 * @param place among the reply's calls, from 0
 */
public record ToolCall(String id, String name, JsonNode input, int place) {}
