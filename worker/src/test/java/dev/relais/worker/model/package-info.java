@NullMarked
package dev.relais.worker.model;

import org.jspecify.annotations.NullMarked;
