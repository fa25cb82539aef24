/** Tests of the Helm chart: its files, and what real Helm renders from them. What an installed operator does is tested elsewhere. */
@NullMarked
package dev.waterline.chart;

import org.jspecify.annotations.NullMarked;
