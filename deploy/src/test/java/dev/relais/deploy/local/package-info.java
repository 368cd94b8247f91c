/** What the embedded broker is trusted with. */
@NullMarked
package dev.relais.deploy.local;

import org.jspecify.annotations.NullMarked;
