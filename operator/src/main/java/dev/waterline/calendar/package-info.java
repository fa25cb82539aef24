/** From cron expressions and time zones to moments. The one package that knows cron-utils; it decides nothing. */
@NullMarked
package dev.waterline.calendar;

import org.jspecify.annotations.NullMarked;
