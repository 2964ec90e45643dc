-- Student's quantile from the normal one (Abramowitz and Stegun 26.7.5): within 0.01 from 9 degrees of freedom on
create or replace macro t_of(z, freedom) as z + (z ** 3 + z) / (4 * freedom)
    + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2)
    + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3);
-- Wilson's limits of a share p of n (1927, J. Am. Stat. Assoc. 22:209), for any z; null of nothing
create or replace macro wilson_low(p, n, z) as case when n > 0 then greatest(0,
    (p + z * z / (2 * n) - z * sqrt(greatest(p * (1 - p), 0) / n + z * z / (4 * n * n))) / (1 + z * z / n)) end;
create or replace macro wilson_high(p, n, z) as case when n > 0 then least(1,
    (p + z * z / (2 * n) + z * sqrt(greatest(p * (1 - p), 0) / n + z * z / (4 * n * n))) / (1 + z * z / n)) end;
-- the 95 % interval of a share of k in n drawn one by one
create or replace macro share_low(k, n) as wilson_low(k / n, n, 1.96);
comment on macro share_low is 'Lower end of the 95 % interval (Wilson) of a share of k in n drawn one by one';
create or replace macro share_high(k, n) as wilson_high(k / n, n, 1.96);
comment on macro share_high is 'Upper end of the 95 % interval (Wilson) of a share of k in n drawn one by one';
-- How many postings drawn one by one would tell as much of a share as n postings of some units (companies) of which k are
-- of the share: n over the design effect (Kish 1965, Survey Sampling), which is at least 1. kk sums over the units their
-- k squared, kn their k times n, nn their n squared. Where none or all are of the share, as if each unit were of one kind.
create or replace macro effective_size(k, n, units, kk, kn, nn) as n / greatest(1, case
    when units = 1 or k in (0, n) then nn / n
    else units / (units - 1) * (kk - 2 * k / n * kn + (k / n) ** 2 * nn) / (k * (1 - k / n)) end);
-- the same where what is known of the units is known from few of them: Student's quantile in place of the normal one
create or replace macro effective_size_of_few(k, n, units, kk, kn, nn) as least(n, effective_size(k, n, units, kk, kn, nn)
    * case when units < n then (1.96 / t_of(1.96, nullif(units - 1, 0))) ** 2 else 1 end);
-- whether an interval, its limits rounded as they are shown, lies above or under 0
create or replace macro is_apart(low, high) as round(low) > 0 or round(high) < 0;
comment on macro is_apart is 'Whether an interval, its limits rounded, lies above or under 0';
create or replace macro log_choose(n, k) as lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
-- the chance that of n drawn from all_n, all_k of which name a skill, k or more name it (Fisher's exact test)
create or replace macro chance_of_more(k, n, all_k, all_n) as list_sum(list_transform(
    range(greatest(k, n + all_k - all_n), least(n, all_k) + 1),
    lambda x: exp(log_choose(all_k, x) + log_choose(all_n - all_k, n - x) - log_choose(all_n, n))));
