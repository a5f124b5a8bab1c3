/// What others see of Muster: a read model of the topics, served as pages, API, badges, gate and live events.
@NullMarked
package dev.muster.portal;

import org.jspecify.annotations.NullMarked;
