@org.jspecify.annotations.NullMarked
package dev.relais.worker.policy;
