@NullMarked
package dev.relais.deploy.playbook;

import org.jspecify.annotations.NullMarked;
