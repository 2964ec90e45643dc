-- Every open job of the six tracks that states pay: what effects on pay are learnt from. The first of its places counts.
select log_pay / 1e6 as log_pay, log_price(country) as log_price, track, level, company, country, concat_ws('|', country, region) as region,
    concat_ws('|', country, region, city) as city, concat_ws('|', country, track) as within
from (
    select t.*, log_of({'low': pay_low_usd, 'high': pay_high_usd}) as log_pay, country, region, city
    from expected_tracks t left join (
        select posting_id, arg_min(country, place_no) as country, arg_min({'of': region}, place_no).of as region,
            arg_min({'of': city}, place_no).of as city
        from posting_places where country is not null group by posting_id
    ) using (posting_id)
)
where is_counted and log_pay is not null
order by all
