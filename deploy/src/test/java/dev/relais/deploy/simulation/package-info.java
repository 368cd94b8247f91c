/** The fleet simulation: real coordinator shards and real runs over a log, a clock and faults that all follow from one seed. */
@org.jspecify.annotations.NullMarked
package dev.relais.deploy.simulation;
