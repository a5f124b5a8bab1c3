/// What is scored, with everything that is known of it on one page.
@NullMarked
package dev.muster.portal.entity;

import org.jspecify.annotations.NullMarked;
