/** A scripted Messages API server over real HTTP: demo, tests and benchmarks ask it as they would ask a model. */
@NullMarked
package dev.relais.deploy.playbook;

import org.jspecify.annotations.NullMarked;
