/// How people sign in with a browser, and what a session is.
@NullMarked
package dev.muster.portal.access;

import org.jspecify.annotations.NullMarked;
