/**
 * What the API server asks us: the HTTP servers, the bind guard's verdicts, and the certificates they are served with.
 * What is decided here depends on the request and on facts about one pod; the writing of webhook configurations does
 * not belong here.
 */
@NullMarked
package dev.waterline.admission;

import org.jspecify.annotations.NullMarked;
