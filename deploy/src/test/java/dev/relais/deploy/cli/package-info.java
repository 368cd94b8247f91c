@NullMarked
package dev.relais.deploy.cli;

import org.jspecify.annotations.NullMarked;
