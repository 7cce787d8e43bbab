# Reference values for the tests of the analysis, computed by packages that share no code with the product.
#
#   Rscript reference.R write reference.json    makes the file anew
#   Rscript reference.R check reference.json    fails where a number moved by more than 1e-6
#
# On Debian: apt install r-base-core r-cran-survey r-cran-psych r-cran-coin r-cran-exactranktests r-cran-metafor
#            r-cran-hmisc r-cran-multilevel r-cran-jsonlite

packages <- c("survey", "psych", "coin", "exactRankTests", "metafor", "Hmisc", "multilevel", "jsonlite")
for (package in packages) suppressWarnings(suppressPackageStartupMessages(library(package, character.only = TRUE)))

spread <- function(counts) rep(seq_along(counts), counts)

# --- means and intervals ---------------------------------------------------------------------------------------------

srs <- function(y, N) {
  design <- svydesign(ids = ~1, data = data.frame(y = y, N = N), fpc = ~N)
  mean <- svymean(~y, design)
  limits <- confint(mean, df = length(y) - 1)
  list(y = y, N = N, mean = coef(mean)[[1]], se = SE(mean)[[1]], lower = limits[1], upper = limits[2])
}

balanced <- function(groups, N) {
  y <- unlist(groups)
  role <- rep(seq_along(groups), lengths(groups))
  w <- (1 / length(groups)) / lengths(groups)[role]
  design <- svydesign(ids = ~1, strata = ~role, weights = ~w, data = data.frame(y, role, w, N = N[role]), fpc = ~N)
  mean <- svymean(~y, design)
  list(groups = groups, N = N, mean = coef(mean)[[1]], se = SE(mean)[[1]])
}

welch <- function(first, second) {
  found <- t.test(second, first)
  list(first = first, second = second, change = mean(second) - mean(first), se = found$stderr,
       df = found$parameter[[1]], lower = found$conf.int[1], upper = found$conf.int[2])
}

# --- shares ----------------------------------------------------------------------------------------------------------

turned_round <- function(x, n, N) {
  M <- x:(N - n + x)
  held <- M[phyper(x, M, N - M, n) > .025 & phyper(x - 1, M, N - M, n, lower.tail = FALSE) > .025]
  list(x = x, n = n, N = N, lower = min(held) / N, upper = max(held) / N)
}

score <- function(x, n) {
  limits <- suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int
  list(x = x, n = n, lower = limits[1], upper = limits[2])
}

score_hmisc <- function(x, n) {
  limits <- binconf(x, n, method = "wilson")
  list(x = x, n = n, lower = limits[2], upper = limits[3])
}

posterior <- function(x, n) {
  list(x = x, n = n, lower = qbeta(.025, x + .5, n - x + .5), upper = qbeta(.975, x + .5, n - x + .5))
}

posterior_finite <- function(x, n, N) {
  y <- 0:(N - n)
  p <- cumsum(choose(N - n, y) * beta(y + x + .5, N - n - y + n - x + .5) / beta(x + .5, n - x + .5))
  list(x = x, n = n, N = N, lower = (x + y[which(p >= .025)[1]]) / N, upper = (x + y[which(p >= .975)[1]]) / N)
}

# --- comparing -------------------------------------------------------------------------------------------------------

shrunken <- function(n, means, variance) {
  fit <- rma(yi = means, vi = variance / n, method = "DL")
  found <- blup(fit)
  list(n = n, means = means, variance = variance, tau2 = fit$tau2, mu = coef(fit)[[1]], shrunken = found$pred)
}

intraclass <- function(groups) {
  data <- data.frame(y = unlist(groups), g = factor(rep(seq_along(groups), lengths(groups))))
  fit <- aov(y ~ g, data = data)
  list(groups = groups, icc1_equal_sizes = ICC1(fit), icc2 = ICC2(fit),
       between = summary(fit)[[1]][1, 3], within = summary(fit)[[1]][2, 3])
}

permuted <- function(a, b) {
  g <- factor(rep(c("a", "b"), c(length(a), length(b))))
  y <- c(a, b)
  list(a = a, b = b, p_coin = pvalue(oneway_test(y ~ g, distribution = "exact"))[[1]],
       p_exact_rank_tests = perm.test(a, b, exact = TRUE)$p.value,
       delta = mean(sign(outer(a, b, "-"))))
}

stratified <- function(strata) {
  # a sum of differences of means is linear in the answers of role a, each weighed by 1/n_a + 1/n_b of its stratum
  y <- unlist(lapply(strata, function(s) c(s$a, s$b) * (1 / length(s$a) + 1 / length(s$b))))
  g <- factor(unlist(lapply(strata, function(s) rep(c("a", "b"), c(length(s$a), length(s$b))))))
  block <- factor(rep(seq_along(strata), sapply(strata, function(s) length(s$a) + length(s$b))))
  set.seed(1)
  found <- pvalue(independence_test(y ~ g | block, distribution = approximate(nresample = 1e6)))
  list(strata = strata, p = found[[1]], least = attr(found, "conf.int")[1], most = attr(found, "conf.int")[2])
}

paired <- function(first, second) {
  scaled <- as.integer(round(60 * (second - first)))
  stayed <- data.frame(y = c(first, second), wave = gl(2, length(first)), who = factor(rep(seq_along(first), 2)))
  list(first = first, second = second, p_exact_rank_tests = perm.test(scaled, exact = TRUE)$p.value,
       p_coin = pvalue(symmetry_test(y ~ wave | who, data = stayed, distribution = "exact"))[[1]])
}

adjusted <- function(p) list(p = p, holm = p.adjust(p, "holm"), bh = p.adjust(p, "BH"))

# --- agreement and reliability ---------------------------------------------------------------------------------------

agreement <- function(counts) {
  y <- spread(counts)
  list(counts = counts, rwg_uniform = 1 - var(y) / ((length(counts)^2 - 1) / 12),
       rwg_multilevel = rwg(y, rep(1, length(y)), ranvar = (length(counts)^2 - 1) / 12)$rwg,
       ad_mean = ad.m(y, rep(1, length(y)), type = "mean")$AD.M,
       ad_median = ad.m(y, rep(1, length(y)), type = "median")$AD.M)
}

together <- function(table) {
  found <- suppressWarnings(suppressMessages(psych::alpha(as.data.frame(table), warnings = FALSE)))
  feldt <- psych::alpha.ci(found$total$raw_alpha, n.var = ncol(table), n.obs = nrow(table))
  list(table = table, alpha = found$total$raw_alpha, lower = feldt$lower.ci[[1]], upper = feldt$upper.ci[[1]])
}

omega_of <- function(table) {
  fit <- suppressWarnings(fa(table, nfactors = 1, fm = "minres", min.err = 1e-12))
  spread <- apply(table, 2, sd)
  common <- sum(fit$loadings[, 1] * spread)^2
  list(table = table, omega = common / (common + sum(fit$uniquenesses * spread^2)),
       second = eigen(cor(table))$values[2])
}

answers <- function(people, items, seed) {
  set.seed(seed)
  lean <- rnorm(people)
  draw <- sapply(seq_len(items), function(j) lean + rnorm(people, sd = .6 + .1 * j))
  matrix(pmin(5, pmax(1, round(3 + draw))), people, items)
}

# --- everything ------------------------------------------------------------------------------------------------------

strata <- list(
  list(a = c(4, 5), b = c(2, 3, 3, 4, 2, 3)), list(a = I(2), b = c(3, 2, 4, 5, 3)),
  list(a = c(4, 4), b = c(3, 2, 4, 2)), list(a = c(5, 3, 4), b = c(3, 3, 2, 4, 1, 3, 4, 2, 4)))
six <- list(c(2.5, 3, 2.5, 3.25, 3), c(3.5, 4, 3.75), c(3, 3.25, 2.75, 3.5, 3, 3.25), c(4, 4.25),
            c(3, 3.5, 2.75, 3.25), c(2, 2.25))
waves <- list(c(2.5, 3, 2.5, 3.25, 3, 3.75, 2), c(3.5, 3.25, 3, 4, 3.75, 3, 3.5, 2.75))

found <- list(
  made_with = c(list(R = paste(R.version$major, R.version$minor, sep = ".")),
                sapply(packages, function(p) as.character(packageVersion(p)), simplify = FALSE)),
  mean = list(srs(c(3, 4, 4, 2, 5, 3, 4, 4, 3, 2, 4, 5), 20), srs(spread(c(1, 4, 9, 12, 4)), 45)),
  balanced = list(balanced(list(c(11 / 3, 4.25), c(2.5, 3, 2.5, 3.25, 3)), c(2, 9)),
                  balanced(list(c(2, 4, 5), spread(c(1, 3, 5, 2, 1)), c(3, 3, 4, 5)), c(5, 16, 9))),
  welch = list(welch(waves[[1]], waves[[2]]), welch(spread(c(3, 5, 6, 2, 0)), spread(c(0, 2, 5, 7, 3)))),
  hypergeometric = apply(expand.grid(x = 0:12, n = 1:12, N = c(3, 7, 10, 12, 20, 33)), 1,
                         function(row) if (row[1] <= row[2] && row[2] <= row[3]) turned_round(row[1], row[2], row[3])),
  wilson = list(score(6, 7), score(4, 7), score(0, 9), score(45, 100)),
  wilson_hmisc = list(score_hmisc(4, 7), score_hmisc(5, 9), score_hmisc(45, 100)),
  jeffreys = list(posterior(6, 7), posterior(4, 7), posterior(45, 100)),
  beta_binomial = list(posterior_finite(6, 7, 10), posterior_finite(3, 8, 20), posterior_finite(0, 5, 12)),
  shrinkage = list(
    shrunken(c(5, 3, 6, 2, 4, 2), c(2.850, 3.750, 3.125, 4.125, 3.125, 2.125), .08086),
    shrunken(c(9, 4, 6, 12, 3, 7, 5, 5, 8, 2, 6, 10, 4, 3),
             c(3.1, 2.8, 3.6, 3.3, 2.4, 3.9, 3.2, 3.0, 2.7, 4.1, 3.5, 3.3, 2.9, 3.8), .6),
    shrunken(c(4, 5, 6), c(3.0, 3.1, 2.9), 1)),
  intraclass = list(intraclass(six), intraclass(list(c(3, 4, 4), c(2, 2, 3), c(5, 4, 4), c(3, 3, 1)))),
  permutation = list(permuted(c(4, 4, 5), c(2, 3, 3, 4, 2, 3)), permuted(c(1, 2, 5, 3), c(4, 4, 5, 3, 5, 2, 4))),
  stratified = list(stratified(strata), stratified(strata[1:2]), stratified(strata[3:4])),
  paired = list(paired(c(3, 3, 4, 2.5, 3, 3), c(3.5, 3.5, 4, 3.25, 3.5, 3.75)),
                paired(c(3, 3.25, 4, 2.5, 3, 3, 2), c(3.5, 3, 4, 3.25, 2.5, 3.75, 3))),
  adjusted = list(adjusted(c(.003, .012, .021, .040, .20, .35, .60)), adjusted(c(.04, .01, .03, .03, .9, .5))),
  agreement = lapply(list(c(0, 2, 3, 2, 0), c(3, 0, 0, 0, 4), c(0, 0, 7, 0, 0), c(0, 1, 0, 6, 0), c(1, 1, 1, 1, 1),
                          c(2, 2, 0, 2, 1), c(0, 4, 0, 4, 9)), agreement),
  alpha = list(together(answers(10, 4, 1)), together(answers(40, 6, 2))),
  omega = list(omega_of(answers(120, 5, 3)), omega_of(answers(200, 4, 4))))
found$hypergeometric <- Filter(Negate(is.null), found$hypergeometric)

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 2 || !arguments[1] %in% c("write", "check")) stop("Rscript reference.R write|check FILE")
if (arguments[1] == "write") {
  writeLines(toJSON(found, auto_unbox = TRUE, digits = NA, pretty = FALSE, na = "null"), arguments[2])
} else {
  again <- fromJSON(toJSON(found[-1], auto_unbox = TRUE, digits = NA, na = "null"), simplifyVector = FALSE)
  kept <- fromJSON(arguments[2], simplifyVector = FALSE)[-1]
  differs <- all.equal(kept, again, tolerance = 1e-6, scale = 1)
  if (!isTRUE(differs)) stop(paste(c("reference values moved:", differs), collapse = "\n"))
  cat("reference values are as before\n")
}
