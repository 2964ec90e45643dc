-- Staged: incoming_readings, the postings read; incoming_skills, what they name.
delete from posting_skills where posting_id in (select posting_id from incoming_readings);
insert into posting_skills by name select * from incoming_skills;
delete from skill_readings where posting_id in (select posting_id from incoming_readings);
insert into skill_readings by name select * from incoming_readings;
