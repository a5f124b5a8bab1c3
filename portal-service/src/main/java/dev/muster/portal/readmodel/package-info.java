/// Names and types of the tables. The migrations are the truth; a test compares.
@NullMarked
package dev.muster.portal.readmodel;

import org.jspecify.annotations.NullMarked;
